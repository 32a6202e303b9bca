package io.github.taplab.internal.preflight;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.guestimage.KnownImages;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.HostFeature;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.NicBackend;
import io.github.taplab.spec.NicModel;
import io.github.taplab.spec.NicSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the Docker host's kernel offers.
 *
 * @param platform the kind of its CPU
 * @param boot the id that the kernel has had since the host was started
 * @param cpu what its CPU is called
 * @param macvtapMajor major device number of macvtap, which the kernel hands out dynamically
 * @param vhost whether there is a vhost-net
 * @param netem whether the kernel has netem
 * @param kvm whether guests run under KVM
 * @param kvmReason why not, where the host has a KVM that does not work
 */
public record HostFacts(
        Platform platform,
        String boot,
        String cpu,
        int macvtapMajor,
        boolean vhost,
        boolean netem,
        boolean kvm,
        String kvmReason) {

    private static final String NO_VHOST = "the Docker host has no vhost-net (module vhost_net)";

    /**
     * Checks that the host has what a lab insists on.
     *
     * @throws LabUnavailableException if it has not
     */
    public void require(LabSpec spec) {
        missing(spec).ifPresent(what -> {
            throw new LabUnavailableException(what);
        });
    }

    /** What a lab insists on and the host has not, as a sentence; empty: it has all of it. */
    public Optional<String> missing(LabSpec spec) {
        return spec.guests().stream()
                .filter(guest -> !vhost && guest.nics().stream().anyMatch(nic -> nic.backend() == NicBackend.VHOST))
                .findFirst()
                .map(guest -> "%s has a NIC with backend = VHOST, and %s".formatted(guest.name(), NO_VHOST))
                .or(() -> spec.guests().stream()
                        .flatMap(guest -> missing(guest).stream())
                        .findFirst())
                .or(() -> spec.host().stream()
                        .flatMap(feature -> missing(feature).stream())
                        .findFirst());
    }

    private Optional<String> missing(GuestSpec guest) {
        if (guest.boot() == BootMode.WARM && !platform.tellsGenerations()) {
            return Optional.of(
                    "%s has boot = WARM, and on the Docker host's CPU (%s) a guest would not learn that it goes on from a snapshot, so it boots: leave boot out"
                            .formatted(guest.name(), platform.kernelName()));
        }
        return guest.disk()
                .map(DiskSpec::image)
                .filter(image -> platform != Platform.AMD64 && KnownImages.isFetched(image))
                .map(image ->
                        "%s boots %s, which is for %s, and the Docker host's CPU is %s: give it an image for that by its URL or path, or take %s"
                                .formatted(
                                        guest.name(),
                                        image,
                                        Platform.AMD64.kernelName(),
                                        platform.kernelName(),
                                        KnownImages.MADE_BY_TAPLAB));
    }

    private Optional<String> missing(HostFeature feature) {
        return switch (feature) {
            case KVM -> without(kvm, "host = KVM, and on the Docker host guests are emulated: " + kvmReason);
            case VHOST_NET -> without(vhost, "host = VHOST_NET, and " + NO_VHOST);
            case NETEM -> without(netem, "host = NETEM, and the Docker host's kernel has no netem (module sch_netem)");
        };
    }

    private static Optional<String> without(boolean there, String what) {
        return there ? Optional.empty() : Optional.of("the lab asks for " + what);
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
