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
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** An engine, as who breaks its labs and looks for what they left sees it. No call waits for ever. */
final class Engine implements AutoCloseable {

    private static final Duration ANSWER = Patience.of(Duration.ofSeconds(20));
    private static final Duration IMAGE = Patience.of(Duration.ofMinutes(3));

    private final DockerClient client;

    private Engine(DockerClient client) {
        this.client = client;
    }

    /** The one that labs use by themselves. */
    static Engine usual() {
        List<DockerClientProviderStrategy> strategies = new ArrayList<>();
        ServiceLoader.load(DockerClientProviderStrategy.class).forEach(strategies::add);
        return new Engine(
                DockerClientProviderStrategy.getFirstValidStrategy(strategies).getDockerClient());
    }

    static Engine at(URI address) {
        return new Engine(DockerClientProviderStrategy.getClientForConfig(
                TransportConfig.builder().dockerHost(address).build()));
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
            Waiting.call(
                    "the engine is asked whether it is there",
                    ANSWER,
                    () -> client.pingCmd().exec());
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    List<Box> containers(String label) {
        return Waiting.call(
                "the engine is asked for containers",
                ANSWER,
                () -> client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(label)).exec().stream()
                        .map(box -> new Box(box.getId(), LabelledContainer.nameOf(box), box.getState()))
                        .toList());
    }

    List<String> networks(String label) {
        return Waiting.call(
                "the engine is asked for networks",
                ANSWER,
                () -> client.listNetworksCmd().withFilter("label", List.of(label)).exec().stream()
                        .map(network -> network.getName())
                        .toList());
    }

    // A snapshot that is whole is everybody's, as an image is.
    private List<String> volumes(String label) {
        List<String> whole = labelled(Snapshots.WHOLE_LABEL).stream()
                .map(volume -> volume.getLabels().get(Snapshots.WHOLE_LABEL))
                .toList();
        return labelled(label).stream()
                .map(InspectVolumeResponse::getName)
                .filter(volume -> !whole.contains(volume))
                .toList();
    }

    private List<InspectVolumeResponse> labelled(String label) {
        return Waiting.call(
                "the engine is asked for volumes",
                ANSWER,
                () -> client.listVolumesCmd()
                        .withFilter("label", List.of(label))
                        .exec()
                        .getVolumes());
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
                        volumes(label).stream().map("volume "::concat))
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
                            () -> client.topContainerCmd(id)
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
        return did("kills a container", () -> client.killContainerCmd(id).exec());
    }

    boolean pause(String id) {
        return did("pauses a container", () -> client.pauseContainerCmd(id).exec());
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
                    () -> client.removeContainerCmd(box.id())
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        }
        Waiting.until("the containers are gone", ANSWER, () -> containers(label), List::isEmpty);
        for (String network : networks(label)) {
            did("removes a network", () -> client.removeNetworkCmd(network).exec());
        }
        for (String volume : volumes(label)) {
            did("removes a volume", () -> client.removeVolumeCmd(volume).exec());
        }
    }

    /** Takes an image from another engine. */
    void load(Engine from, String image) {
        Waiting.call("the image " + image + " is brought to an engine", IMAGE, () -> {
            String name =
                    from.client.inspectImageCmd(image).exec().getRepoTags().get(0);
            try (InputStream saved = from.client.saveImageCmd(name).exec()) {
                client.loadImageCmd(saved).exec();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return name;
        });
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
