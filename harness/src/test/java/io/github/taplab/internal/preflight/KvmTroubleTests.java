package io.github.taplab.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KvmTroubleTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    QEMU ended with status 1: Could not access KVM kernel module: Permission denied | the engine may not open its host's /dev/kvm: add the user that it runs as to the group kvm
                    QEMU ended with status 1: Could not access KVM kernel module: No such file or directory | on the Docker host switch on virtualization (VT-x or AMD-V) in its firmware or, if it is a virtual machine itself, nested virtualization, and load kvm_intel or kvm_amd
                    QEMU ended with status 1: Could not access KVM kernel module: Operation not permitted | the engine does not let its containers open /dev/kvm, as a rootless one does not: use one that runs as root
                    kvm: disabled by bios | switch on virtualization (VT-x or AMD-V) in the Docker host's firmware
                    """)
    void whatIsKnownIsAnsweredWithTheRemedy(String words, String remedy) {
        assertThat(KvmTrouble.explain(words)).isEqualTo(words + "; " + remedy);
    }

    @Test
    void whatIsNotKnownStaysAsItIs() {
        String words = "guest did not reach userland within 10 s, last console line: none";
        assertThat(KvmTrouble.explain(words)).isEqualTo(words);
        assertThat(KvmTrouble.explain("")).isEmpty();
    }

    @Test
    void noDevice() {
        assertThat(KvmTrouble.noDevice())
                .isEqualTo(
                        "the Docker host has no /dev/kvm; switch on virtualization (VT-x or AMD-V) in its firmware or, if it is a virtual machine itself, nested virtualization, and load kvm_intel or kvm_amd");
    }
}
