package io.github.taplab.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelPanicTests {

    /** As Linux 6.12 wrote it. */
    @Test
    void theKernelsOwnWordsAreTheReason() {
        assertThat(KernelPanic.in("""
                        [    1.9] List of all partitions:\r
                        [    1.9] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)\r
                        [    1.9] CPU: 0 UID: 0 PID: 1 Comm: swapper/0\r
                        """))
                .contains("Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)");
    }

    @Test
    void anotherTroubleIsNone() {
        assertThat(KernelPanic.in("[ 1.9] Oops: general protection fault\r\n[ 2.0] guest: agent starting\r\n"))
                .isEmpty();
    }
}
