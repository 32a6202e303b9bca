package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.Network;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.EnvironmentAndSystemPropertyClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * A Docker engine, found the way Testcontainers finds one.
 *
 * <p>Testcontainers serves as the driver only: its factory would also start Ryuk and, inside a container, a helper to
 * find the host's address, both from images that an offline machine can't pull. Neither is needed here: containers hold
 * a lease, and no port is ever published.
 */
public final class DockerEngine {

    // The search tries several places, and each of them has ten seconds to take a connection.
    private static final Duration CONNECT = Duration.ofSeconds(45);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    // The event of a container's end comes within milliseconds.
    private static final Duration EVENT = Duration.ofSeconds(2);

    private final AskedEngine engine;
    private final String description;
    private final Endings endings = new Endings(EVENT);
    private final AtomicBoolean listening = new AtomicBoolean();

    private DockerEngine(AskedEngine engine, String description) {
        this.engine = engine;
        this.description = description;
    }

    /** An engine that has answered. */
    private static final class Found {

        private final DockerClient client;
        private final String place;
        private final String description;

        Found(DockerClient client, String place, String description) {
            this.client = client;
            this.place = place;
            this.description = description;
        }
    }

    /**
     * Finds the engine.
     *
     * @throws LabUnavailableException if none answers, or if it is one that labs can't run on
     */
    public static DockerEngine connect() {
        String named = System.getenv("DOCKER_HOST");
        return named == null || named.isBlank()
                ? connect(", start one or point DOCKER_HOST at one", CONNECT, AskedEngine.ANSWER, DockerEngine::found)
                : connect(" at DOCKER_HOST=" + named, CONNECT, AskedEngine.ANSWER, DockerEngine::named);
    }

    /**
     * Finds the engine at one place.
     *
     * @param connect how long it may take to answer at all
     * @param answer how long each answer may take later
     */
    static DockerEngine connect(URI place, Duration connect, Duration answer) {
        TransportConfig config = TransportConfig.builder().dockerHost(place).build();
        return connect(" at " + place, connect, answer, () -> at(config, place.toString()));
    }

    private static DockerEngine connect(String where, Duration connect, Duration answer, Supplier<Found> search) {
        Found found;
        try {
            found = Waiting.<Found, RuntimeException>call(
                    "a search for the Docker engine", connect, search::get, DockerEngine::closeLate);
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (DeadlineExceededException e) {
            throw new LabUnavailableException(
                    "no Docker engine answers within %d s%s".formatted(connect.toSeconds(), where), e);
        } catch (RuntimeException e) {
            throw new LabUnavailableException("no Docker engine answers" + where, e);
        }
        AskedEngine engine = new AskedEngine(found.client, "the engine at " + found.place, answer);
        try {
            EngineVersion version = versionOf(engine);
            version.problem(found.place).ifPresent(problem -> {
                throw new LabUnavailableException(problem);
            });
            return new DockerEngine(engine.called(version.nameAt(found.place)), found.description);
        } catch (RuntimeException | Error e) {
            closeLate(found);
            throw e;
        }
    }

    /** Asks the engine what it is, before anything starts on it. */
    private static EngineVersion versionOf(AskedEngine engine) {
        try {
            return EngineVersion.of(
                    engine.ask("say its version", asked -> asked.versionCmd().exec()));
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new LabUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void closeLate(Found unwanted) {
        try {
            unwanted.client.close();
        } catch (IOException nobodyWaits) {
            // Its run goes without it.
        }
    }

    private static Found found() {
        List<DockerClientProviderStrategy> strategies = new ArrayList<>();
        ServiceLoader.load(DockerClientProviderStrategy.class).forEach(strategies::add);
        DockerClientProviderStrategy strategy = DockerClientProviderStrategy.getFirstValidStrategy(strategies);
        return new Found(
                strategy.getDockerClient(),
                strategy.getTransportConfig().getDockerHost().toString(),
                strategy.getDescription());
    }

    // Testcontainers' search goes on to the local engine where DOCKER_HOST does not answer, and labs would run on
    // another machine than the one that was asked for. The strategy is deprecated only so that nobody makes one, which
    // is needed here.
    @SuppressWarnings("deprecation")
    private static Found named() {
        DockerClientProviderStrategy strategy = new EnvironmentAndSystemPropertyClientProviderStrategy();
        return at(strategy.getTransportConfig(), strategy.getDescription());
    }

    private static Found at(TransportConfig config, String description) {
        DockerClient client = DockerClientProviderStrategy.getClientForConfig(config);
        client.pingCmd().exec();
        return new Found(client, config.getDockerHost().toString(), description);
    }

    /** Where the engine is, for people. */
    public String description() {
        return description;
    }

    /** The id of an image, if the engine has it. */
    public Optional<String> imageId(String tag) {
        try {
            return Optional.ofNullable(engine.ask(
                            "look for image " + tag,
                            asked -> asked.inspectImageCmd(tag).exec())
                    .getId());
        } catch (NotFoundException none) {
            return Optional.empty();
        }
    }

    /**
     * Builds an image.
     *
     * @param context a tar archive with a Dockerfile
     * @param log where the whole output is kept if the build fails
     * @param progress gets each line of the build's output
     * @throws IllegalStateException if the build fails; the message has the engine's reason, the step and the file
     */
    public void buildImage(
            String tag,
            InputStream context,
            Map<String, String> arguments,
            Map<String, String> labels,
            Duration deadline,
            Path log,
            Consumer<String> progress) {
        BuildLog output = new BuildLog(progress);
        engine.tell("build image " + tag, asked -> {
            var request = asked.buildImageCmd(context)
                    .withTags(Set.of(tag))
                    .withLabels(labels)
                    .withRemove(true)
                    .withForcerm(true);
            arguments.forEach(request::withBuildArg);
            request.exec(output);
        });
        try {
            // It closes the output in any case, and with that ends the request.
            if (!output.awaitCompletion(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DeadlineExceededException("Image %s was not built within %d s, it is %s"
                        .formatted(tag, deadline.toSeconds(), output.keep(log)));
            }
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("image %s is built".formatted(tag), e);
        }
        output.failure().ifPresent(reason -> {
            throw new IllegalStateException("Image %s can't be built: %s, %s".formatted(tag, reason, output.keep(log)));
        });
    }

    /**
     * Creates a network.
     *
     * @return its id
     * @throws SubnetTakenException if another network overlaps; the engine decides this, so that two JVMs never get the
     *     same
     */
    public String createNetwork(NetworkRequest request) throws SubnetTakenException {
        Network.Ipam.Config subnet = new Network.Ipam.Config()
                .withSubnet(request.subnet().toString())
                .withGateway(request.gateway().getHostAddress());
        try {
            return engine.ask(
                    "create network " + request.name(),
                    engine.answer(),
                    asked -> asked.createNetworkCmd()
                            .withName(request.name())
                            .withDriver("bridge")
                            .withIpam(new Network.Ipam().withConfig(subnet))
                            .withOptions(request.options())
                            .withInternal(request.internal())
                            .withLabels(request.labels())
                            .exec()
                            .getId(),
                    this::removeNetwork);
        } catch (DockerException e) {
            String reason = String.valueOf(e.getMessage());
            if (reason.contains("overlap")) {
                throw new SubnetTakenException(request.subnet(), e);
            }
            throw e;
        }
    }

    /** Removes a network; one that is gone already is no error. */
    public void removeNetwork(String id) {
        try {
            engine.clean(
                    "remove network " + id, asked -> asked.removeNetworkCmd(id).exec());
        } catch (NotFoundException alreadyGone) {
            // Nothing to do.
        }
    }

    /** The networks that carry a label, {@code key} or {@code key=value}. */
    public List<LabelledNetwork> networksWith(String label) {
        List<LabelledNetwork> found = new ArrayList<>();
        for (Network network : engine.ask(
                "list the networks labelled " + label,
                asked -> asked.listNetworksCmd()
                        .withFilter("label", List.of(label))
                        .exec())) {
            // A listing leaves out the attached containers.
            try {
                found.add(labelled(engine.ask(
                        "look at network " + network.getName(),
                        asked -> asked.inspectNetworkCmd()
                                .withNetworkId(network.getId())
                                .exec())));
            } catch (NotFoundException goneMeanwhile) {
                // Its own session removed it.
            }
        }
        return found;
    }

    private static LabelledNetwork labelled(Network network) {
        return new LabelledNetwork(
                network.getId(),
                network.getName(),
                network.getLabels(),
                network.getCreated().toInstant(),
                network.getContainers().isEmpty());
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
    public List<LabelledContainer> containersWith(String label) {
        return containers(
                "list the containers labelled " + label,
                asked -> asked.listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)));
    }

    private List<LabelledContainer> containers(String to, Function<DockerClient, ListContainersCmd> question) {
        return engine.ask(to, asked -> question.apply(asked).exec()).stream()
                .map(container -> new LabelledContainer(
                        container.getId(),
                        container.getNames()[0].substring(1),
                        container.getLabels(),
                        Instant.ofEpochSecond(container.getCreated())))
                .toList();
    }

    /** Removes a container; one that is gone already is no error. */
    public void removeContainer(String id) {
        try {
            engine.clean(
                    "remove container " + id,
                    asked -> asked.removeContainerCmd(id).withForce(true).exec());
        } catch (NotFoundException | ConflictException alreadyGoing) {
            // Nothing to do.
        }
    }

    /** Plugs a running container into a further network, where it gets this address. */
    public void join(LeasedContainer container, String networkId, InetAddress ip) {
        engine.tell(
                "plug container %s into network %s".formatted(container.name(), networkId),
                asked -> asked.connectToNetworkCmd()
                        .withContainerId(container.id())
                        .withNetworkId(networkId)
                        .withContainerNetwork(new ContainerNetwork()
                                .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(ip.getHostAddress())))
                        .exec());
    }

    /** Starts a container and takes its lease. */
    public LeasedContainer start(ContainerRequest request) {
        listenOnce();
        try {
            String id = engine.ask(
                    "create container " + request.name(),
                    engine.answer(),
                    asked -> create(asked, request).exec().getId(),
                    this::removeContainer);
            return started(new LeasedContainer(engine, endings, id, request.name()));
        } catch (DeadlineExceededException | InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Container %s does not start: %s".formatted(request.name(), e.getMessage()), e);
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
                e.addSuppressed(notRemoved);
            }
            throw e;
        }
    }

    // Before the first container starts: a later listener would not hear of its end.
    private void listenOnce() {
        if (listening.compareAndSet(false, true)) {
            engine.tell(
                    "tell of the ends of containers",
                    // All of them: asked for two kinds, Podman tells of events that are both.
                    asked -> asked.eventsCmd()
                            .withEventTypeFilter(EventType.CONTAINER)
                            .exec(endings));
        }
    }

    private static CreateContainerCmd create(DockerClient asked, ContainerRequest request) {
        HostConfig host = HostConfig.newHostConfig()
                // Something must reap: libvirt waits 40 s for every probe that stays a zombie.
                .withInit(true)
                .withAutoRemove(true)
                .withNetworkMode(request.network())
                .withPrivileged(request.privileged())
                .withCapAdd(
                        request.capabilities().stream().map(Capability::valueOf).toArray(Capability[]::new))
                .withDeviceCgroupRules(request.deviceRules())
                .withSysctls(request.sysctls())
                .withMounts(request.volumes().stream().map(DockerEngine::mount).toList())
                // What it writes are answers to commands; the engine need not keep them.
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE));
        List<String> command = new ArrayList<>(request.preparation());
        command.addAll(CommandStream.process());
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

    private static Mount mount(VolumeMount volume) {
        return new Mount()
                .withType(MountType.VOLUME)
                .withSource(volume.volume())
                .withTarget(volume.path())
                .withReadOnly(volume.readOnly());
    }

    /** Sees to it that there is a volume of this name; it is empty if there was none. */
    public void ensureVolume(String name, Map<String, String> labels) {
        engine.tell(
                "create volume " + name,
                asked -> asked.createVolumeCmd()
                        .withName(name)
                        .withLabels(labels)
                        .exec());
    }

    /** Removes a volume; one that is gone already is no error. */
    public void removeVolume(String name) {
        try {
            engine.clean(
                    "remove volume " + name,
                    asked -> asked.removeVolumeCmd(name).exec());
        } catch (NotFoundException alreadyGone) {
            // Nothing to do.
        }
    }

    /** Releases the connections to the engine. */
    public void close() {
        endings.close();
        try {
            Waiting.<Boolean, IOException>call("the connections to %s close".formatted(engine.name()), CLOSE, () -> {
                engine.close();
                return true;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The connections to %s did not close".formatted(engine.name()), e);
        }
    }
}
