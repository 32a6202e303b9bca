package io.github.taplab.internal.preflight;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Settings.Acceleration;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the Docker host, through a container without a network, what labs can count on. */
public final class Preflight {

    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final int KVM_SECONDS = 10;

    private final DockerEngine docker;
    private final String image;
    private final Path cache;
    private final Consumer<String> progress;

    /**
     * A preflight.
     *
     * @param cache folder that keeps whether KVM works, which takes long to find out where it does not
     */
    public Preflight(DockerEngine docker, String image, Path cache, Consumer<String> progress) {
        this.docker = docker;
        this.image = image;
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * Looks.
     *
     * @throws LabUnavailableException if the host can't run a lab; the message says what is missing
     */
    public HostFacts look(String containerName, Map<String, String> labels, Acceleration wanted) {
        ContainerRequest request = new ContainerRequest(
                containerName,
                image,
                List.of(),
                Optional.empty(),
                "none",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of("NET_ADMIN"),
                List.of("c 10:* rw"),
                false,
                List.of(),
                labels);
        try (LeasedContainer container = docker.start(request)) {
            container.awaitReady();
            Map<String, String> facts = HostFacts.lines(container
                    .exec("preflight", LOOK, List.of("/usr/lib/taplab/preflight"))
                    .orThrow()
                    .stdout());
            String major = facts.getOrDefault("macvtap.major", "");
            if (major.isEmpty()) {
                throw new LabUnavailableException(
                        "The Docker host's kernel %s has no macvtap (%s). Its module is called macvtap; on cloud kernels it is often in an extra package"
                                .formatted(facts.get("kernel"), facts.get("macvtap.error")));
            }
            String reason = kvmProblem(container, facts, wanted);
            return new HostFacts(
                    Integer.parseInt(major), "present".equals(facts.get("vhost-net")), reason.isEmpty(), reason);
        }
    }

    /** Why guests can't run under KVM; empty if they can. */
    private String kvmProblem(LeasedContainer container, Map<String, String> facts, Acceleration wanted) {
        return switch (wanted) {
            case KVM -> "";
            case TCG -> "taplab.acceleration=tcg";
            case AUTO ->
                "present".equals(facts.get("kvm")) ? probedOnce(container, facts) : "the Docker host has no /dev/kvm";
        };
    }

    // An open /dev/kvm proves nothing: on some nested hosts the firmware runs and a 64-bit kernel hangs for ever. What
    // is
    // found out holds until the host boots again.
    private String probedOnce(LeasedContainer container, Map<String, String> facts) {
        Path known = cache.resolve("kvm-%s-%s"
                .formatted(
                        facts.get("boot.id"),
                        image.replaceAll("[^0-9a-zA-Z]", "").substring(0, 18)));
        try {
            if (Files.exists(known)) {
                return Files.readString(known);
            }
            progress.accept("trying out the Docker host's KVM, once a boot, at most %d s".formatted(KVM_SECONDS));
            String reason = probe(container);
            progress.accept(reason.isEmpty() ? "KVM works" : "KVM does not work, guests are emulated: " + reason);
            Files.createDirectories(cache);
            Files.writeString(known, reason);
            return reason;
        } catch (IOException e) {
            throw new UncheckedIOException("The cache " + cache + " can't be used", e);
        }
    }

    private static String probe(LeasedContainer container) {
        Map<String, String> verdict = HostFacts.lines(container
                .exec(
                        "preflight",
                        LOOK.plusSeconds(KVM_SECONDS),
                        List.of("/usr/lib/taplab/kvm-probe", Integer.toString(KVM_SECONDS)))
                .orThrow()
                .stdout());
        return "yes".equals(verdict.get("kvm.works")) ? "" : verdict.getOrDefault("kvm.reason", "no verdict");
    }
}
