package io.github.taplab.internal.preflight;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Settings.Acceleration;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.internal.trouble.Trouble;
import java.io.IOException;
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
     * @param cache folder that keeps that KVM works, which takes a guest's boot to find out
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
        try (LeasedContainer container = started(request)) {
            container.awaitReady();
            Map<String, String> facts = HostFacts.lines(container
                    .exec("preflight", LOOK, List.of("/usr/lib/taplab/preflight"))
                    .orThrow()
                    .stdout());
            String major = facts.getOrDefault("macvtap.major", "");
            if (major.isEmpty()) {
                throw noMacvtap(facts);
            }
            String reason = kvmProblem(container, facts, wanted);
            return new HostFacts(
                    platform(facts),
                    facts.getOrDefault("boot.id", ""),
                    facts.getOrDefault("cpu", ""),
                    Integer.parseInt(major),
                    "present".equals(facts.get("vhost-net")),
                    "present".equals(facts.get("netem")),
                    reason.isEmpty(),
                    reason);
        }
    }

    private static Platform platform(Map<String, String> facts) {
        String machine = facts.getOrDefault("machine", "");
        return Platform.ofKernelName(machine)
                .orElseThrow(() -> new LabUnavailableException(
                        "The Docker host's kernel calls its CPU %s, and labs need x86_64 or aarch64"
                                .formatted(machine)));
    }

    /** The first container of a run: an engine that can't start it can't start any. */
    private LeasedContainer started(ContainerRequest request) {
        try {
            return docker.containers().start(request);
        } catch (IllegalStateException e) {
            String reason = String.valueOf(e.getMessage());
            throw new LabUnavailableException(reason + Trouble.meaning(reason), e);
        }
    }

    /**
     * Why labs can't run where there is no macvtap.
     *
     * @param facts {@code kernel}, and as {@code macvtap.error} what has been seen instead
     */
    public static LabUnavailableException noMacvtap(Map<String, String> facts) {
        String error = facts.getOrDefault("macvtap.error", "");
        String meaning = Trouble.meaning(error);
        return new LabUnavailableException(
                meaning.isEmpty()
                        ? "The Docker host's kernel %s has no macvtap (%s). Its module is called macvtap; on cloud kernels it is often in an extra package"
                                .formatted(facts.get("kernel"), error)
                        : "The Docker host gives a container no macvtap: %s%s".formatted(error, meaning));
    }

    /** Why guests are emulated where there is no {@code /dev/kvm}, and what helps. */
    public static String noKvm() {
        return KvmTrouble.noDevice();
    }

    /** Why guests can't run under KVM; empty if they can. */
    private String kvmProblem(LeasedContainer container, Map<String, String> facts, Acceleration wanted) {
        return switch (wanted) {
            case KVM -> "";
            case TCG -> "taplab.acceleration=tcg";
            case AUTO -> "present".equals(facts.get("kvm")) ? probedOnce(container, facts) : KvmTrouble.noDevice();
        };
    }

    // An open /dev/kvm proves nothing: on some nested hosts the firmware runs and a 64-bit kernel hangs for ever.
    private String probedOnce(LeasedContainer container, Map<String, String> facts) {
        KnownKvm known = new KnownKvm(cache.resolve("kvm-%s-%s"
                .formatted(
                        facts.get("boot.id"),
                        image.replaceAll("[^0-9a-zA-Z]", "").substring(0, 18))));
        if (known.works()) {
            return "";
        }
        progress.accept("trying out the Docker host's KVM, at most %d s".formatted(KVM_SECONDS));
        String reason = KvmTrouble.explain(probe(container));
        progress.accept(
                reason.isEmpty()
                        ? "KVM works"
                        : "KVM does not work, guests are emulated: %s. taplab.acceleration=tcg spares the trial"
                                .formatted(reason));
        if (reason.isEmpty()) {
            keep(known);
        }
        return reason;
    }

    private void keep(KnownKvm known) {
        try {
            known.keep();
        } catch (IOException e) {
            progress.accept("the next run tries KVM out again, since %s can't be written: %s".formatted(cache, e));
        }
    }

    private static String probe(LeasedContainer container) {
        Duration deadline = LOOK.plusSeconds(KVM_SECONDS);
        try {
            Map<String, String> verdict = HostFacts.lines(container
                    .exec("preflight", deadline, List.of("/usr/lib/taplab/kvm-probe", Integer.toString(KVM_SECONDS)))
                    .orThrow()
                    .stdout());
            return "yes".equals(verdict.get("kvm.works")) ? "" : verdict.getOrDefault("kvm.reason", "no verdict");
        } catch (DeadlineExceededException e) {
            return "the trial did not end within %d s".formatted(deadline.toSeconds());
        }
    }
}
