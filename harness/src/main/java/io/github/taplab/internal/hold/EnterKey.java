package io.github.taplab.internal.hold;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The Enter key of the terminal that this JVM was started from. Standard input is none: in a build tool's fork it
 * carries that one's protocol, while the terminal is still the fork's too.
 *
 * <p>One thread reads the terminal from the first time that somebody waits, and each Enter is for who has waited
 * longest.
 */
final class EnterKey {

    /** Finds the terminal. */
    @FunctionalInterface
    interface Terminal {

        /** What is typed there; empty: there is none, or it is not this JVM's turn to read it. */
        Optional<InputStream> open() throws IOException;
    }

    private final Terminal terminal;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private @Nullable InputStream typed;

    EnterKey() {
        this(EnterKey::ownTerminal);
    }

    EnterKey(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Has this run at the next Enter that nobody else waits for.
     *
     * @return whether there is a terminal
     */
    synchronized boolean await(Runnable pressed) {
        try {
            if (typed == null) {
                Optional<InputStream> opened = terminal.open();
                if (opened.isEmpty()) {
                    return false;
                }
                begin(opened.get());
            }
        } catch (IOException noTerminal) {
            return false;
        }
        waiting.add(pressed);
        return true;
    }

    synchronized void ignore(Runnable pressed) {
        waiting.removeIf(other -> other == pressed);
    }

    private void begin(InputStream opened) throws IOException {
        // What was typed before anybody was asked is no answer.
        opened.skipNBytes(opened.available());
        typed = opened;
        Thread reader = new Thread(() -> read(opened), "taplab-enter");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream opened) {
        try (opened) {
            for (int key = opened.read(); key >= 0; key = opened.read()) {
                if (key == '\n') {
                    pressed();
                }
            }
        } catch (IOException gone) {
            // The same as an end.
        }
        synchronized (this) {
            typed = null;
        }
    }

    private void pressed() {
        Runnable first;
        synchronized (this) {
            first = waiting.poll();
        }
        if (first != null) {
            first.run();
        }
    }

    private static Optional<InputStream> ownTerminal() throws IOException {
        return isInForeground(Files.readString(Path.of("/proc/self/stat")))
                ? Optional.of(new FileInputStream("/dev/tty"))
                : Optional.empty();
    }

    /**
     * Whether a process is in the foreground of its terminal: the kernel stops others when they read from it.
     *
     * @param stat what Linux says of the process (proc(5)): after its name state, parent, group, session, terminal, and
     *     the group in that one's foreground
     */
    static boolean isInForeground(String stat) {
        // The name may have anything in it, also brackets and blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return !fields[4].equals("0") && fields[2].equals(fields[5]);
    }
}
