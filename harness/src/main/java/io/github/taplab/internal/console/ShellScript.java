package io.github.taplab.internal.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is typed on a console to have a shell do something: pure functions from values to text. */
final class ShellScript {

    /**
     * Bytes of a file that are sent at once: a terminal keeps 64 KiB of what nobody has read yet, and drops the rest.
     */
    static final int CHUNK = 12 * 1024;

    // A terminal's line has 4095 characters at most (N_TTY_BUF_SIZE in the kernel's n_tty.c).
    private static final int LINE = 1024;
    private static final List<String> NEEDED =
            List.of("base64", "cat", "head", "mkdir", "rm", "sed", "setsid", "stty", "wc");

    private ShellScript() {}

    /**
     * Turns the shell of whoever is logged in into root's that runs what is typed without showing it, and says so.
     * Enter alone has it say that it is there.
     */
    static String takeOver(String session) {
        // A space first, which keeps it out of bash's history. The echo of this line has no frame in it.
        return " stty -echo icanon icrnl; s=; [ \"$(id -u)\" = 0 ] || s=\"sudo -n\"; exec $s /bin/sh -c 'set -m 2>/dev/null; f() { printf \"@taplab:%%s:0:%%s:\\n\" %s $1; };"
                        .formatted(session)
                + " f ready; while IFS= read -r l; do if [ \"$l\" ]; then eval \"$l\"; else f idle; fi; done'\r";
    }

    /** Asks for the programs that the guest lacks. */
    static String missing(String session) {
        return "session=%s; m=; for p in %s; do command -v $p >/dev/null || m=\"$m $p\"; done; "
                        .formatted(session, String.join(" ", NEEDED))
                + "printf '@taplab:%s:0:missing:%s\\n' $session \"$m\"\n";
    }

    /** Hands the guest its side of the session. */
    static String prepare(String session) {
        List<String> encoded = lines(guestSide());
        return "for dir in /tmp /run /dev/shm; do dir=$dir/taplab-%s; mkdir -m 700 $dir && break; done 2>/dev/null\n"
                        .formatted(session)
                + "head -n %d | base64 -d >$dir/shell; . $dir/shell; frame 0 prepared ''\n".formatted(encoded.size())
                + typed(encoded);
    }

    /** A script that becomes the command. */
    static byte[] command(String... argv) {
        return script("exec " + Stream.of(argv).map(ShellScript::quoted).collect(Collectors.joining(" ")));
    }

    /** A script that copies the data that has been sent to a file. */
    static byte[] copyTo(String path) {
        return script("cat \"${0%/*}/data\" >" + quoted(path));
    }

    private static byte[] script(String last) {
        return "cd /\nexport PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C\n%s\n"
                .formatted(last)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a part of a file. */
    static String put(int tag, String file, int offset, byte[] part) {
        List<String> encoded = lines(part);
        return "put %d %s %d %d %d\n".formatted(tag, file, offset, encoded.size(), part.length) + typed(encoded);
    }

    /** Asks how long a file has become. */
    static String size(int tag, String file) {
        return "frame %d put \"$(size %s)\"\n".formatted(tag, file);
    }

    /** Finishes a transfer of which something got lost on the way. */
    static String fillUp(byte[] part) {
        return "\n".repeat(lines(part).size());
    }

    private static List<String> lines(byte[] content) {
        String encoded = Base64.getEncoder().encodeToString(content);
        List<String> lines = new ArrayList<>();
        for (int start = 0; start == 0 || start < encoded.length(); start += LINE) {
            lines.add(encoded.substring(start, Math.min(encoded.length(), start + LINE)));
        }
        return lines;
    }

    private static String typed(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    // Comments are for readers of the source.
    static byte[] guestSide() {
        try (InputStream in = Objects.requireNonNull(ShellScript.class.getResourceAsStream("shell.sh"))) {
            String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(source.split("\n", -1))
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
