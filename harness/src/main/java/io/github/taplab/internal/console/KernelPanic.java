package io.github.taplab.internal.console;

import java.util.Optional;

/** A Linux kernel that has given up, which it says on the console: the guest waits for ever then. */
final class KernelPanic {

    /** What the kernel's panic() prints. */
    static final String WORDS = "Kernel panic - not syncing";

    private KernelPanic() {}

    /** The line in which a kernel says why it has given up, if one has. */
    static Optional<String> in(String text) {
        return TerminalLines.of(text).stream()
                .filter(line -> line.contains(WORDS))
                .map(line -> line.substring(line.indexOf(WORDS)))
                .findFirst();
    }
}
