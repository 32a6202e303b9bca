package io.github.taplab.internal.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QemuFailureTests {

    @Test
    void saysWhatItMeansThatADescriptorIsNoTap() {
        String words = "qemu-system-x86_64: -netdev tap,id=tap0,fd=3: TUNGETIFF ioctl() failed:"
                + " Inappropriate ioctl for device\n";

        assertThat(QemuFailure.explain(words)).isEqualToNormalizingNewlines("""
                It said: qemu-system-x86_64: -netdev tap,id=tap0,fd=3: TUNGETIFF ioctl() failed: Inappropriate ioctl for device
                  means:    the descriptor given with fd= is open, but it is no tap
                  look at:  whether /dev/tapN is a character device with the numbers of /sys/class/net/<macvtap>/tapN/dev: a shell's <> makes a regular file where there is no node""");
    }

    @Test
    void saysWhatItMeansThatATapCanNotBeOpened() {
        assertThat(QemuFailure.explain("qemu-with-taps: line 28: /dev/tap4: Operation not permitted"))
                .contains("the container may not open macvtap devices");
    }

    @Test
    void leavesOtherWordsAsTheyAre() {
        assertThat(QemuFailure.explain("out of memory\n")).isEqualTo("It said: out of memory");
        assertThat(QemuFailure.explain("")).isEqualTo("It said nothing");
    }
}
