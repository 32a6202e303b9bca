package io.github.taplab.internal.preflight;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.NicBackend;
import io.github.taplab.spec.NicModel;
import io.github.taplab.spec.NicSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * What the Docker host's kernel offers.
 *
 * @param boot the id that the kernel has had since the host was started
 * @param macvtapMajor major device number of macvtap, which the kernel hands out dynamically
 * @param vhost whether there is a vhost-net
 * @param kvm whether guests run under KVM
 * @param kvmReason why not, where the host has a KVM that does not work
 */
public record HostFacts(String boot, int macvtapMajor, boolean vhost, boolean kvm, String kvmReason) {

    /**
     * Checks that the host has what a lab insists on.
     *
     * @throws LabUnavailableException if it has not
     */
    public void require(LabSpec spec) {
        spec.guests().stream()
                .filter(guest -> !vhost && guest.nics().stream().anyMatch(nic -> nic.backend() == NicBackend.VHOST))
                .findFirst()
                .ifPresent(guest -> {
                    throw new LabUnavailableException(
                            "%s has a NIC with backend = VHOST, and the Docker host has no vhost-net (module vhost_net)"
                                    .formatted(guest.name()));
                });
    }

    /** Whether the host's kernel moves the frames of a NIC. */
    public boolean movesFramesOf(NicSpec nic) {
        return vhost && nic.model() == NicModel.VIRTIO && nic.backend() != NicBackend.QEMU;
    }

    /** Reads {@code key=value} lines. */
    static Map<String, String> lines(String output) {
        Map<String, String> facts = new HashMap<>();
        output.lines().filter(line -> line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            facts.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return facts;
    }
}
