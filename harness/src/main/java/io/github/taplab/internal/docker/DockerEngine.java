package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.AttachContainerCmd;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.Network;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.node.DeadlineExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.EnvironmentAndSystemPropertyClientProviderStrategy;

/**
 * A Docker engine, found the way Testcontainers finds one.
 *
 * <p>Testcontainers serves as the driver only: its factory would also start Ryuk and, inside a container, a helper to
 * find the host's address, both from images that an offline machine can't pull. Neither is needed here: containers hold
 * a lease, and no port is ever published.
 */
public final class DockerEngine {

    private final DockerClient client;
    private final String description;

    private DockerEngine(DockerClient client, String description) {
        this.client = client;
        this.description = description;
    }

    /**
     * Finds the engine.
     *
     * @throws LabUnavailableException if none answers
     */
    public static DockerEngine connect() {
        String named = System.getenv("DOCKER_HOST");
        try {
            return named == null || named.isBlank() ? found() : named();
        } catch (RuntimeException e) {
            throw new LabUnavailableException(
                    named == null || named.isBlank()
                            ? "no Docker engine answers, start one or point DOCKER_HOST at one"
                            : "no Docker engine answers at DOCKER_HOST=" + named,
                    e);
        }
    }

    private static DockerEngine found() {
        List<DockerClientProviderStrategy> strategies = new ArrayList<>();
        ServiceLoader.load(DockerClientProviderStrategy.class).forEach(strategies::add);
        DockerClientProviderStrategy strategy = DockerClientProviderStrategy.getFirstValidStrategy(strategies);
        return new DockerEngine(strategy.getDockerClient(), strategy.getDescription());
    }

    // Testcontainers' search goes on to the local engine where DOCKER_HOST does not answer, and labs would run on
    // another
    // machine than the one that was asked for. The strategy is deprecated only so that nobody makes one, which is
    // needed here.
    @SuppressWarnings("deprecation")
    private static DockerEngine named() {
        DockerClientProviderStrategy strategy = new EnvironmentAndSystemPropertyClientProviderStrategy();
        DockerClient client = DockerClientProviderStrategy.getClientForConfig(strategy.getTransportConfig());
        client.pingCmd().exec();
        return new DockerEngine(client, strategy.getDescription());
    }

    /** Where the engine is, for people. */
    public String description() {
        return description;
    }

    /** The id of an image, if the engine has it. */
    public Optional<String> imageId(String tag) {
        try {
            InspectImageResponse image = client.inspectImageCmd(tag).exec();
            return Optional.ofNullable(image.getId());
        } catch (NotFoundException none) {
            return Optional.empty();
        }
    }

    /**
     * Builds an image.
     *
     * @param context a tar archive with a Dockerfile
     * @param progress gets each line of the build's output
     * @throws IllegalStateException if the build fails; the message has the engine's reason
     */
    public void buildImage(
            String tag,
            InputStream context,
            Map<String, String> arguments,
            Map<String, String> labels,
            Duration deadline,
            Consumer<String> progress) {
        var request = client.buildImageCmd(context)
                .withTags(Set.of(tag))
                .withLabels(labels)
                .withRemove(true)
                .withForcerm(true);
        arguments.forEach(request::withBuildArg);
        BuildLog log = new BuildLog(progress);
        try {
            request.exec(log);
            if (!log.awaitCompletion(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DeadlineExceededException("Image %s was not built within %d s, its last step: %s"
                        .formatted(tag, deadline.toSeconds(), log.last()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceededException("Interrupted while image " + tag + " was built", e);
        }
        log.failure().ifPresent(reason -> {
            throw new IllegalStateException("Image %s can't be built: %s%n%s".formatted(tag, reason, log.last()));
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
                .withGateway(request.gatewayIp());
        try {
            return client.createNetworkCmd()
                    .withName(request.name())
                    .withDriver("bridge")
                    .withIpam(new Network.Ipam().withConfig(subnet))
                    .withOptions(request.options())
                    .withInternal(request.internal())
                    .withLabels(request.labels())
                    .exec()
                    .getId();
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
            client.removeNetworkCmd(id).exec();
        } catch (NotFoundException alreadyGone) {
            // Nothing to do.
        }
    }

    /** The networks that carry a label. */
    public List<LabelledNetwork> networksWith(String label) {
        List<LabelledNetwork> found = new ArrayList<>();
        for (Network network :
                client.listNetworksCmd().withFilter("label", List.of(label)).exec()) {
            // A listing leaves out the attached containers.
            try {
                Network whole = client.inspectNetworkCmd()
                        .withNetworkId(network.getId())
                        .exec();
                found.add(new LabelledNetwork(
                        whole.getId(),
                        whole.getName(),
                        whole.getLabels(),
                        whole.getCreated().toInstant(),
                        whole.getContainers().isEmpty()));
            } catch (NotFoundException goneMeanwhile) {
                // Its own session removed it.
            }
        }
        return found;
    }

    /** The containers that carry a label and were made, but never started. */
    public List<LabelledContainer> neverStarted(String label) {
        return client
                .listContainersCmd()
                .withLabelFilter(List.of(label))
                .withStatusFilter(List.of("created"))
                .exec()
                .stream()
                .map(container -> new LabelledContainer(
                        container.getId(), container.getLabels(), Instant.ofEpochSecond(container.getCreated())))
                .toList();
    }

    /** Removes a container; one that is gone already is no error. */
    public void removeContainer(String id) {
        try {
            client.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException | ConflictException alreadyGoing) {
            // Nothing to do.
        }
    }

    /** Plugs a running container into a further network, where it gets this address. */
    public void join(LeasedContainer container, String networkId, InetAddress ip) {
        client.connectToNetworkCmd()
                .withContainerId(container.id())
                .withNetworkId(networkId)
                .withContainerNetwork(new ContainerNetwork()
                        .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(ip.getHostAddress())))
                .exec();
    }

    /** Starts a container and takes its lease. */
    public LeasedContainer start(ContainerRequest request) {
        String id = create(request);
        ByteStream lease = new ByteStream();
        LeasedContainer container = new LeasedContainer(client, id, request.name(), lease);
        try {
            AttachContainerCmd attach = client.attachContainerCmd(id)
                    .withStdIn(lease.requestBody())
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true);
            attach.exec(lease.receiver()).awaitStarted();
            client.startContainerCmd(id).exec();
            return container;
        } catch (InterruptedException e) {
            container.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while container " + request.name() + " started", e);
        } catch (RuntimeException e) {
            container.close();
            throw new IllegalStateException(
                    "Container %s does not start: %s".formatted(request.name(), e.getMessage()), e);
        }
    }

    private String create(ContainerRequest request) {
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
        CreateContainerCmd create = client.createContainerCmd(request.image())
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
        return create.exec().getId();
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
        client.createVolumeCmd().withName(name).withLabels(labels).exec();
    }

    /** Removes a volume; one that is gone already is no error. */
    public void removeVolume(String name) {
        try {
            client.removeVolumeCmd(name).exec();
        } catch (NotFoundException alreadyGone) {
            // Nothing to do.
        }
    }

    /** Releases the connections to the engine. */
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
