package io.github.taplab.labtests;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Network;
import io.github.taplab.GivenSettings;
import io.github.taplab.internal.docker.LabelledContainer;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.snapshot.Snapshots;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.Subnet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** The Docker engine as a bystander sees it, without any of Taplab's own code. */
final class EngineView {

    private static final Duration SCRIPT = Duration.ofSeconds(90);

    private EngineView() {}

    /**
     * Skips a test class, or fails it where {@code taplab.required=true}, if no engine answers. Sees to the lab image
     * too, so that what the class waits for is a lab, and not the minutes of a first build.
     */
    static void require() {
        try {
            client().pingCmd().exec();
        } catch (RuntimeException | ExceptionInInitializerError | NoClassDefFoundError e) {
            if (GivenSettings.read().required()) {
                throw new AssertionError("No Docker engine answers, and taplab.required=true", e);
            }
            Assumptions.abort("No Docker engine answers: " + e);
        }
        try (Session session = Session.start(GivenSettings.read())) {
            session.engines().get(0).host();
        }
    }

    /** Where the engine is. */
    static URI address() {
        return Holder.STRATEGY.getTransportConfig().getDockerHost();
    }

    /** A container, running or not. */
    record Container(
            String id,
            String name,
            Map<String, String> labels,
            boolean privileged,
            List<String> binds,
            List<String> mounts,
            List<String> publishedPorts,
            List<String> devices,
            List<String> deviceRules,
            List<String> networks) {}

    /** The containers with a label, {@code key} or {@code key=value}; those on their way out included. */
    static List<Container> containers(String label) {
        List<Container> found = new ArrayList<>();
        for (var listed : client().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(label))
                .exec()) {
            try {
                found.add(inspected(client().inspectContainerCmd(listed.getId()).exec()));
            } catch (NotFoundException goneMeanwhile) {
                // Then it is not there.
            }
        }
        return found;
    }

    /**
     * Completes at the moment when something happens to a container with a label.
     *
     * @param happens {@code create}, which is before it is started, or {@code die}
     * @param nameEnd of the containers that are meant
     */
    static CompletableFuture<Void> event(String label, String happens, String nameEnd) {
        CompletableFuture<Void> happened = new CompletableFuture<>();
        client().eventsCmd()
                .withLabelFilter(label)
                .withEventFilter(happens)
                .withEventTypeFilter(EventType.CONTAINER)
                .exec(new ResultCallback.Adapter<Event>() {
                    @Override
                    public void onNext(Event event) {
                        String name = Objects.requireNonNull(event.getActor().getAttributes())
                                .get("name");
                        if (name != null && name.endsWith(nameEnd)) {
                            happened.complete(null);
                        }
                    }
                });
        return happened;
    }

    /**
     * Completes with what the engine says of a container at the moment when it is created, which is before it is
     * started: one that can't start is gone then.
     *
     * @param nameEnd of the container that is meant
     */
    static CompletableFuture<Map<String, Object>> inspectedAtCreation(String label, String nameEnd) {
        return event(label, "create", nameEnd)
                .thenApply(created -> inspections(label, nameEnd).get(0));
    }

    /** All that the engine says of the containers with a label whose names end like this, as JSON in maps and lists. */
    static List<Map<String, Object>> inspections(String label, String nameEnd) {
        return client().listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec().stream()
                .filter(container -> LabelledContainer.nameOf(container).endsWith(nameEnd))
                .map(container ->
                        client().inspectContainerCmd(container.getId()).exec().getRawValues())
                .toList();
    }

    /** What a label says of the only container with another label whose name ends like this. */
    static String labelOf(String label, String nameEnd, String wanted) {
        return client().listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec().stream()
                .filter(container -> LabelledContainer.nameOf(container).endsWith(nameEnd))
                .map(container -> container.getLabels().getOrDefault(wanted, ""))
                .findFirst()
                .orElseThrow();
    }

    /** The same of a container that was made of the same image with nothing asked for, and never started. */
    static Map<String, Object> inspectionOfAPlainContainer(String image) {
        String id = client().createContainerCmd(image)
                .withCmd("true")
                .withLabels(Map.of("io.github.taplab.test", "plain"))
                .exec()
                .getId();
        try {
            return client().inspectContainerCmd(id).exec().getRawValues();
        } finally {
            client().removeContainerCmd(id).exec();
        }
    }

    /** The IPv4 subnets of all networks, whoever has made them. */
    static List<Subnet> subnets() {
        return client().listNetworksCmd().exec().stream()
                .flatMap(network -> Optional.ofNullable(network.getIpam().getConfig()).orElse(List.of()).stream())
                .map(Network.Ipam.Config::getSubnet)
                .filter(subnet -> subnet != null && !subnet.contains(":"))
                .map(Subnet::of)
                .toList();
    }

    /** Names of the networks with a label. */
    static List<String> networks(String label) {
        return client().listNetworksCmd().withFilter("label", List.of(label)).exec().stream()
                .map(Network::getName)
                .toList();
    }

    /** Names of the labs that have a network with a label, all seen at one moment. */
    static List<String> labs(String label) {
        return client().listNetworksCmd().withFilter("label", List.of(label)).exec().stream()
                .map(network -> network.getLabels().get("io.github.taplab.lab"))
                .toList();
    }

    /** Names of the volumes that say where a whole snapshot is, of machines whose description has this in it. */
    static List<String> snapshots(String machine) {
        return volumes(Snapshots.WHOLE_LABEL)
                .filter(volume -> volume.getLabels()
                        .getOrDefault(Snapshots.MACHINE_LABEL, "")
                        .contains(machine))
                .map(InspectVolumeResponse::getName)
                .toList();
    }

    /** Names of the volumes that say that a whole snapshot is in this one. */
    static List<String> snapshotsIn(String volume) {
        return volumes(Snapshots.WHOLE_LABEL + "=" + volume)
                .map(InspectVolumeResponse::getName)
                .toList();
    }

    private static Stream<InspectVolumeResponse> volumes(String label) {
        // An engine without volumes has no list of them.
        return Stream.ofNullable(client().listVolumesCmd()
                        .withFilter("label", List.of(label))
                        .exec()
                        .getVolumes())
                .flatMap(List::stream);
    }

    /** Makes a volume in memory with so little room that no image fits into it. */
    static void makeTinyVolume(String name) {
        client().createVolumeCmd()
                .withName(name)
                .withDriverOpts(Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=1m"))
                .exec();
    }

    /** Removes a volume once no container has it: one that measures them has all for a while. */
    static void removeVolume(String name) {
        Waiting.until("volume " + name + " is removed", SCRIPT, () -> isRemoved(name), removed -> removed);
    }

    private static boolean isRemoved(String name) {
        try {
            client().removeVolumeCmd(name).exec();
            return true;
        } catch (ConflictException inUse) {
            return false;
        }
    }

    static boolean hasVolume(String name) {
        return client().listVolumesCmd().exec().getVolumes().stream()
                .anyMatch(volume -> volume.getName().equals(name));
    }

    /** Containers and networks with a label: what a lab must not leave behind. */
    static List<String> leftovers(String label) {
        return Stream.concat(
                        client().listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec().stream()
                                .map(container -> "container " + LabelledContainer.nameOf(container)),
                        networks(label).stream().map("network "::concat))
                .toList();
    }

    /** Names of the containers with a label that run or have run: those have had a lease. */
    static List<String> thatRan(String label) {
        return client().listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec().stream()
                .filter(container -> !"created".equals(container.getState()))
                .map(container -> "container " + LabelledContainer.nameOf(container))
                .toList();
    }

    /** Kills the containers with a label whose names end like this, as an out-of-memory killer would. */
    static void kill(String label, String nameEnd) {
        containers(label).stream()
                .filter(container -> container.name().endsWith(nameEnd))
                .forEach(container -> client().killContainerCmd(container.id()).exec());
    }

    /**
     * Runs a script of {@code /bin/sh} in the container with a label whose name ends like this, past Taplab's own way
     * in.
     *
     * @return what it wrote
     */
    static String run(String label, String nameEnd, String script, String... arguments) {
        String id = containers(label).stream()
                .filter(container -> container.name().endsWith(nameEnd))
                .findFirst()
                .orElseThrow()
                .id();
        String exec = client().execCreateCmd(id)
                .withCmd(Stream.concat(Stream.of("sh", "-c", script, "sh"), Stream.of(arguments))
                        .toArray(String[]::new))
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        List<String> output = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        client().execStartCmd(exec).exec(new ResultCallback.Adapter<Frame>() {
            @Override
            public void onNext(Frame frame) {
                output.add(new String(frame.getPayload(), StandardCharsets.UTF_8));
            }

            @Override
            public void onComplete() {
                ended.complete(null);
            }

            @Override
            public void onError(Throwable failure) {
                ended.completeExceptionally(failure);
            }
        });
        Waiting.forEvent("a script ends in " + nameEnd, SCRIPT, ended, () -> String.join("", output));
        return String.join("", output);
    }

    /** Command lines of the processes of all containers with a label. */
    static List<String> processes(String label) {
        List<String> commands = new ArrayList<>();
        for (var container :
                client().listContainersCmd().withLabelFilter(List.of(label)).exec()) {
            try {
                var top = client().topContainerCmd(container.getId())
                        .withPsArgs("-eo pid,args")
                        .exec();
                String[] @Nullable [] processes = top.getProcesses();
                if (processes != null) {
                    Arrays.stream(processes)
                            .map(columns -> columns[columns.length - 1])
                            .forEach(commands::add);
                }
            } catch (DockerException goneMeanwhile) {
                // Then it has none; while a container ends, the engine says so in several ways.
            }
        }
        return commands;
    }

    private static Container inspected(InspectContainerResponse container) {
        var host = container.getHostConfig();
        var ports = container.getNetworkSettings().getPorts();
        return new Container(
                container.getId(),
                container.getName(),
                Map.copyOf(Objects.requireNonNull(container.getConfig().getLabels())),
                Boolean.TRUE.equals(host.getPrivileged()),
                texts(host.getBinds()),
                container.getMounts() == null
                        ? List.of()
                        : container.getMounts().stream().map(Object::toString).toList(),
                ports == null
                        ? List.of()
                        : ports.getBindings().entrySet().stream()
                                .filter(binding -> binding.getValue() != null)
                                .map(Object::toString)
                                .toList(),
                texts(host.getDevices()),
                host.getDeviceCgroupRules() == null ? List.of() : List.copyOf(host.getDeviceCgroupRules()),
                List.copyOf(container.getNetworkSettings().getNetworks().keySet()));
    }

    private static List<String> texts(Object @Nullable [] values) {
        return values == null
                ? List.of()
                : Arrays.stream(values).map(String::valueOf).toList();
    }

    private static DockerClient client() {
        return Holder.CLIENT;
    }

    private static final class Holder {

        static final DockerClientProviderStrategy STRATEGY = search();
        static final DockerClient CLIENT = STRATEGY.getDockerClient();

        private static DockerClientProviderStrategy search() {
            List<DockerClientProviderStrategy> strategies = new ArrayList<>();
            ServiceLoader.load(DockerClientProviderStrategy.class).forEach(strategies::add);
            return DockerClientProviderStrategy.getFirstValidStrategy(strategies);
        }
    }
}
