package io.github.taplab.internal.fault;

import io.github.taplab.node.Node;
import java.util.List;
import java.util.stream.Stream;

/** Several commands of a program of iproute2 in one call, which costs more than the commands in it. */
final class Batch {

    private Batch() {}

    /**
     * Runs commands of ip in their order, up to the first that is refused, unless the options have {@code -force}.
     *
     * @param lines the commands; none: nothing is called
     */
    static void ip(Node node, List<String> options, List<String> lines) {
        run(node, "ip", options, lines);
    }

    /** The same with tc. */
    static void tc(Node node, List<String> options, List<String> lines) {
        run(node, "tc", options, lines);
    }

    private static void run(Node node, String program, List<String> options, List<String> lines) {
        if (!lines.isEmpty()) {
            // The shell reads none of the lines; it only hands them on as the program's input.
            String script = "printf '%%s\\n' \"$@\" | %s %s -batch -".formatted(program, String.join(" ", options));
            Stream<String> argv = Stream.concat(Stream.of("/bin/sh", "-c", script, program), lines.stream());
            // With -force it goes on after a refusal, and says in the end that there was one.
            if (options.contains("-force")) {
                node.tryRun(argv.toArray(String[]::new));
            } else {
                node.run(argv.toArray(String[]::new));
            }
        }
    }
}
