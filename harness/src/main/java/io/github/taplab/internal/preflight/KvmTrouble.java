package io.github.taplab.internal.preflight;

import java.util.List;

/** What QEMU and the kernel say of a KVM that does not work, with what helps. */
final class KvmTrouble {

    private static final String NO_DEVICE = "switch on virtualization (VT-x or AMD-V) in its firmware or, if it is a"
            + " virtual machine itself, nested virtualization, and load kvm_intel or kvm_amd";

    private static final List<Remedy> REMEDIES = List.of(
            new Remedy("disabled by bios", "switch on virtualization (VT-x or AMD-V) in the Docker host's firmware"),
            new Remedy(
                    "Permission denied",
                    "the engine may not open its host's /dev/kvm: add the user that it runs as to the group kvm"),
            // What a device rule that was not granted looks like.
            new Remedy(
                    "Operation not permitted",
                    "the engine does not let its containers open /dev/kvm, as a rootless one does not: use one that runs as root"),
            new Remedy("No such file or directory", "on the Docker host " + NO_DEVICE));

    private KvmTrouble() {}

    private record Remedy(String words, String what) {}

    /**
     * The reason why guests are emulated, with the remedy where one is known.
     *
     * @param reason what the tools said
     */
    static String explain(String reason) {
        return REMEDIES.stream()
                .filter(remedy -> reason.contains(remedy.words()))
                .findFirst()
                .map(remedy -> "%s; %s".formatted(reason, remedy.what()))
                .orElse(reason);
    }

    /** Why there is none at all. */
    static String noDevice() {
        return "the Docker host has no /dev/kvm; " + NO_DEVICE;
    }
}
