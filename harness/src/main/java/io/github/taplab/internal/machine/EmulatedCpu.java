package io.github.taplab.internal.machine;

import java.util.List;

/** The CPU of a guest that runs under TCG: all that QEMU can emulate, except for what makes a guest slower. */
public final class EmulatedCpu {

    /**
     * Features that a kernel would use for speed, and that cost it time under emulation: repeated byte moves, which TCG
     * makes one byte at a time, and a fifth level of page tables. Without them the small guest's boot takes a tenth
     * less processor time.
     */
    public static final List<String> SLOW_FEATURES = List.of("erms", "fsrm", "la57");

    private EmulatedCpu() {}
}
