package io.github.taplab.internal.config;

import java.io.Console;
import java.io.PrintStream;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells people what takes long. It prints, and does not log: most test projects have no log binding, and a minute of
 * silence looks like a hang.
 *
 * <p>What has begun and takes more than two seconds is told with its time: on a terminal in one line that changes, else
 * in lines that come ever more seldom.
 */
public final class Progress implements Consumer<String>, AutoCloseable {

    private static final long LOOK_MILLIS = 500;

    private final PrintStream out;
    private final UnderWay underWay;
    private final ScheduledThreadPoolExecutor looks;
    private @Nullable Future<?> looking;

    /** Told in place where the JVM has a terminal. */
    public Progress(PrintStream out) {
        this(out, isTerminal());
    }

    Progress(PrintStream out, boolean inPlace) {
        this.out = out;
        underWay = new UnderWay(inPlace);
        // Its thread starts with the first look.
        looks = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "taplab-progress");
            thread.setDaemon(true);
            return thread;
        });
        looks.setRemoveOnCancelPolicy(true);
    }

    // From JDK 22 on there may be a console without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public synchronized void accept(String line) {
        print(underWay.above("taplab: " + line));
    }

    /** Something that may take long, until it is closed. */
    public interface Step extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Something that may take long begins.
     *
     * @param what in words, asked whenever it is told
     */
    public synchronized Step begin(Supplier<String> what) {
        UnderWay.Part part = underWay.begin(what, System.nanoTime());
        if (looking == null && !looks.isShutdown()) {
            looking = looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return () -> end(part);
    }

    private synchronized void look() {
        print(underWay.at(System.nanoTime()));
    }

    private synchronized void end(UnderWay.Part part) {
        print(underWay.end(part, System.nanoTime()));
        if (looking != null && underWay.isEmpty()) {
            looking.cancel(false);
            looking = null;
        }
    }

    private void print(String text) {
        if (!text.isEmpty()) {
            out.print(text);
            out.flush();
        }
    }

    /** Nothing that is under way is told any more. */
    @Override
    public void close() {
        looks.shutdownNow();
    }
}
