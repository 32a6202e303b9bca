package io.github.taplab.chaos;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.taplab.internal.docker.LabelledContainer;
import io.github.taplab.internal.snapshot.Snapshots;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * An engine, as who breaks its labs and looks for what they left sees it; or several, which are looked at as if they
 * were one. No call waits for ever.
 */
final class Engine implements AutoCloseable {

    private static final Duration ANSWER = Patience.of(Duration.ofSeconds(20));
    private static final Duration IMAGE = Patience.of(Duration.ofMinutes(3));

    private final List<DockerClient> clients;
    // Where a container was seen.
    private final Map<String, DockerClient> homes = new ConcurrentHashMap<>();

    private Engine(List<DockerClient> clients) {
        this.clients = List.copyOf(clients);
    }

    /** The one that labs use by themselves. */
    static Engine usual() {
        List<DockerClientProviderStrategy> strategies = new ArrayList<>();
        ServiceLoader.load(DockerClientProviderStrategy.class).forEach(strategies::add);
        return new Engine(List.of(
                DockerClientProviderStrategy.getFirstValidStrategy(strategies).getDockerClient()));
    }

    static Engine at(URI address) {
        return new Engine(List.of(DockerClientProviderStrategy.getClientForConfig(
                TransportConfig.builder().dockerHost(address).build())));
    }

    /** This one and others. */
    Engine and(List<Engine> others) {
        List<DockerClient> all = new ArrayList<>(clients);
        others.forEach(other -> all.addAll(other.clients));
        return new Engine(all);
    }

    private <T> List<T> onEach(String what, Function<DockerClient, Stream<T>> question) {
        return clients.stream()
                .flatMap(
                        client -> Waiting.call(
                                "the engine is asked for " + what,
                                ANSWER,
                                () -> question.apply(client).toList())
                                .stream())
                .toList();
    }

    private DockerClient home(String id) {
        return homes.getOrDefault(id, clients.get(0));
    }

    /** A container, whatever its state. */
    record Box(String id, String name, String state) {

        boolean isRunning() {
            return state.equals("running");
        }

        String words() {
            return "container %s (%s)".formatted(name, state);
        }
    }

    boolean answers() {
        try {
            for (DockerClient client : clients) {
                Waiting.call(
                        "the engine is asked whether it is there",
                        ANSWER,
                        () -> client.pingCmd().exec());
            }
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    List<Box> containers(String label) {
        return onEach("containers", client -> boxes(client, label));
    }

    private Stream<Box> boxes(DockerClient client, String label) {
        return client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec().stream()
                .peek(box -> homes.put(box.getId(), client))
                .map(box -> new Box(box.getId(), LabelledContainer.nameOf(box), box.getState()));
    }

    List<String> networks(String label) {
        return onEach("networks", client -> networks(client, label));
    }

    private static Stream<String> networks(DockerClient client, String label) {
        return client.listNetworksCmd().withFilter("label", List.of(label)).exec().stream()
                .map(network -> network.getName());
    }

    // A snapshot that is whole is everybody's, as an image is.
    private static Stream<String> volumes(DockerClient client, String label) {
        List<String> whole = labelled(client, Snapshots.WHOLE_LABEL)
                .map(volume -> volume.getLabels().get(Snapshots.WHOLE_LABEL))
                .toList();
        return labelled(client, label).map(InspectVolumeResponse::getName).filter(volume -> !whole.contains(volume));
    }

    private static Stream<InspectVolumeResponse> labelled(DockerClient client, String label) {
        return client.listVolumesCmd().withFilter("label", List.of(label)).exec().getVolumes().stream();
    }

    /** The containers that carry the label and have ever run, each with what it is. */
    List<String> started(String label) {
        return containers(label).stream()
                .filter(box -> !box.state().equals("created"))
                .map(Box::words)
                .toList();
    }

    /** All that carries the label, each with what it is. */
    List<String> leftovers(String label) {
        return Stream.of(
                        containers(label).stream().map(Box::words),
                        networks(label).stream().map("network "::concat),
                        onEach("volumes", client -> volumes(client, label)).stream()
                                .map("volume "::concat))
                .flatMap(each -> each)
                .toList();
    }

    /** The command line of a process with these words in it, of a container with the label. */
    Optional<String> commandLine(String label, String words) {
        return containers(label).stream()
                .filter(Box::isRunning)
                .flatMap(box -> processes(box.id()).stream())
                .filter(command -> command.contains(words))
                .findFirst();
    }

    private List<String> processes(String id) {
        try {
            String[] @Nullable [] rows = Waiting.call(
                            "the engine is asked for processes",
                            ANSWER,
                            () -> home(id).topContainerCmd(id)
                                    .withPsArgs("-eo pid,args")
                                    .exec())
                    .getProcesses();
            return rows == null
                    ? List.of()
                    : Arrays.stream(rows).map(row -> row[row.length - 1]).toList();
        } catch (DockerException goneMeanwhile) {
            return List.of();
        }
    }

    boolean kill(String id) {
        return did("kills a container", () -> home(id).killContainerCmd(id).exec());
    }

    boolean pause(String id) {
        return did("pauses a container", () -> home(id).pauseContainerCmd(id).exec());
    }

    private static boolean did(String what, Runnable order) {
        return Waiting.call("the engine " + what, ANSWER, () -> {
            try {
                order.run();
                return true;
            } catch (NotFoundException | ConflictException goneMeanwhile) {
                return false;
            } catch (InternalServerErrorException e) {
                // So it says of one that has ended and is about to be removed.
                if (String.valueOf(e.getMessage()).matches("(?s).*(not running|a stopped container).*")) {
                    return false;
                }
                throw e;
            }
        });
    }

    /**
     * Runs a script of {@code /bin/sh} in a container.
     *
     * @return what it wrote; nothing if the container has ended
     */
    String exec(String id, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return Waiting.call("a script runs in a container", ANSWER, () -> {
            try {
                return output(id, command);
            } catch (DockerException goneMeanwhile) {
                return "";
            }
        });
    }

    private String output(String id, List<String> command) {
        DockerClient client = home(id);
        String exec = client.execCreateCmd(id)
                .withCmd(command.toArray(String[]::new))
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        @SuppressWarnings("JdkObsolete") // The client's threads write to it.
        StringBuffer output = new StringBuffer();
        try {
            client.execStartCmd(exec)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            if (frame.getStreamType() != StreamType.RAW) {
                                output.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                            }
                        }
                    })
                    .awaitCompletion(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyWaits) {
            Thread.currentThread().interrupt();
        }
        return output.toString();
    }

    /** Removes all that carries the label; what can't be removed stays. */
    void removeAll(String label) {
        for (Box box : containers(label)) {
            did(
                    "removes a container",
                    () -> home(box.id())
                            .removeContainerCmd(box.id())
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        }
        Waiting.until("the containers are gone", ANSWER, () -> containers(label), List::isEmpty);
        for (DockerClient client : clients) {
            networks(client, label)
                    .forEach(network -> did(
                            "removes a network",
                            () -> client.removeNetworkCmd(network).exec()));
            volumes(client, label)
                    .forEach(volume -> did(
                            "removes a volume",
                            () -> client.removeVolumeCmd(volume).exec()));
        }
    }

    /** Takes an image from another engine. */
    void load(Engine from, String image) {
        Waiting.call("the image " + image + " is brought to an engine", IMAGE, () -> {
            DockerClient source = from.clients.get(0);
            String name = source.inspectImageCmd(image).exec().getRepoTags().get(0);
            try (InputStream saved = source.saveImageCmd(name).exec()) {
                clients.get(0).loadImageCmd(saved).exec();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return name;
        });
    }

    @Override
    public void close() {
        for (DockerClient client : clients) {
            try {
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
