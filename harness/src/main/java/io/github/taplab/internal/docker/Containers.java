package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Suppressed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** An engine's containers. */
public final class Containers {

    private final AskedEngine engine;
    private final Endings endings;
    private final List<Capability> defaults;

    /**
     * Those of one engine.
     *
     * @param defaults those of Docker's default capabilities that it does not give by itself
     */
    Containers(AskedEngine engine, Endings endings, List<Capability> defaults) {
        this.engine = engine;
        this.endings = endings;
        this.defaults = List.copyOf(defaults);
    }

    /** Starts a container and takes its lease. */
    public LeasedContainer start(ContainerRequest request) {
        // Before anything starts: a later listener would not hear of its end.
        endings.listen();
        try {
            String id = engine.ask(
                    "create container " + request.name(),
                    engine.answer(),
                    asked -> create(asked, request).exec().getId(),
                    this::remove);
            return started(new LeasedContainer(engine, endings, id, request.name()));
        } catch (DeadlineExceededException | InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Container %s does not start: %s".formatted(request.name(), e.getMessage()), e);
        }
    }

    /**
     * The same until it takes commands.
     *
     * @throws IllegalStateException if it ends before; it is removed
     */
    public LeasedContainer startReady(ContainerRequest request) {
        LeasedContainer container = start(request);
        try {
            container.awaitReady();
            return container;
        } catch (RuntimeException | Error e) {
            try (container) {
                throw e;
            }
        }
    }

    private static LeasedContainer started(LeasedContainer container) {
        try {
            container.start();
            return container;
        } catch (RuntimeException | Error e) {
            try {
                container.close();
            } catch (RuntimeException notRemoved) {
                Suppressed.add(e, notRemoved);
            }
            throw e;
        }
    }

    private CreateContainerCmd create(DockerClient asked, ContainerRequest request) {
        HostConfig host = HostConfig.newHostConfig()
                .withAutoRemove(true)
                .withNetworkMode(request.network())
                .withPrivileged(request.privileged())
                .withCapAdd(capabilities(request))
                .withDeviceCgroupRules(request.deviceRules())
                .withSysctls(request.sysctls())
                .withMounts(request.volumes().stream().map(Containers::mount).toList())
                // What it writes are answers to commands; the engine need not keep them.
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE));
        List<String> command = new ArrayList<>(request.preparation());
        command.add(CommandStream.PROCESS);
        CreateContainerCmd create = asked.createContainerCmd(request.image())
                .withName(request.name())
                .withCmd(command)
                .withHostConfig(host)
                .withLabels(request.labels())
                .withStdinOpen(true)
                .withStdInOnce(true)
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true);
        request.hostname().ifPresent(create::withHostName);
        request.dns().ifPresent(dns -> host.withDns(dns.getHostAddress()));
        request.ip().ifPresent(ip -> create.withIpv4Address(ip.getHostAddress()));
        request.mac().ifPresent(mac -> create.withMacAddress(mac.toString()));
        return create;
    }

    private Capability[] capabilities(ContainerRequest request) {
        return Stream.concat(defaults.stream(), request.capabilities().stream().map(Capability::valueOf))
                .toArray(Capability[]::new);
    }

    private static Mount mount(VolumeMount volume) {
        return new Mount()
                .withType(MountType.VOLUME)
                .withSource(volume.volume())
                .withTarget(volume.path())
                .withReadOnly(volume.readOnly());
    }

    /** The containers that carry a label and were made, but never started. */
    public List<LabelledContainer> neverStarted(String label) {
        return containers(
                "list the containers labelled %s that never started".formatted(label),
                asked -> asked.listContainersCmd()
                        .withLabelFilter(List.of(label))
                        .withStatusFilter(List.of("created")));
    }

    /** The containers that carry a label, {@code key} or {@code key=value}, whatever they do. */
    public List<LabelledContainer> with(String label) {
        return containers(
                "list the containers labelled " + label,
                asked -> asked.listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)));
    }

    /** What all containers of the engine need, also those that are none of Taplab's. */
    public ContainerUse use() {
        return ContainerUse.of(engine.ask(
                "list its containers",
                asked -> asked.listContainersCmd().withShowAll(true).exec()));
    }

    private List<LabelledContainer> containers(String to, Function<DockerClient, ListContainersCmd> question) {
        return engine.ask(to, asked -> question.apply(asked).exec()).stream()
                .map(LabelledContainer::of)
                .toList();
    }

    /** Removes a container; one that is gone already is no error. */
    public void remove(String id) {
        try {
            engine.clean(
                    "remove container " + id,
                    asked -> asked.removeContainerCmd(id).withForce(true).exec());
        } catch (NotFoundException | ConflictException alreadyGoing) {
            // Nothing to do.
        }
    }
}
