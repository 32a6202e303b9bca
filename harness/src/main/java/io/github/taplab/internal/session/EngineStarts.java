package io.github.taplab.internal.session;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.EngineSize;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Finds the engines that a session was told of, side by side. */
final class EngineStarts {

    // Each question has a deadline of its own, which says more.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Settings settings;
    private final Owner owner;
    private final Progress progress;
    private final List<DockerEngine> found = new ArrayList<>();
    private final List<LabUnavailableException> missing = new ArrayList<>();
    private final Map<String, EngineName> known = new LinkedHashMap<>();

    private EngineStarts(Settings settings, Owner owner, Progress progress) {
        this.settings = settings;
        this.owner = owner;
        this.progress = progress;
    }

    /**
     * Those that labs can run on, at least one, in the order of the setting. What is wrong with another one is told.
     *
     * @throws LabUnavailableException if there is none
     * @throws IllegalArgumentException if the setting is wrong
     */
    static List<SessionEngine> of(Settings settings, Owner owner, Progress progress) {
        return new EngineStarts(settings, owner, progress).all();
    }

    private List<SessionEngine> all() {
        try {
            if (settings.engines().size() == 1) {
                found.add(DockerEngine.connect(settings.engines().get(0)));
            } else {
                addEach();
            }
            List<EngineSize> sizes = found.stream().map(DockerEngine::size).toList();
            return IntStream.range(0, found.size())
                    .mapToObj(i -> engine(found.get(i), sizes.get(i)))
                    .toList();
        } catch (RuntimeException | Error e) {
            found.forEach(DockerEngine::close);
            throw e;
        }
    }

    private SessionEngine engine(DockerEngine docker, EngineSize size) {
        List<DockerEngine> others =
                found.stream().filter(other -> other != docker).toList();
        return new SessionEngine(
                settings, owner, docker, size, others, !others.isEmpty() && hasImage(docker), progress);
    }

    // One alone has all labs, whatever it has not.
    private boolean hasImage(DockerEngine docker) {
        try {
            return new BuiltImages(settings).presentLab(docker).isPresent();
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException notSaid) {
            // The first lab there asks once more, and says what is wrong.
            return false;
        }
    }

    private void addEach() {
        Map<EngineName, CompletableFuture<DockerEngine>> connecting = new LinkedHashMap<>();
        for (EngineName name : settings.engines()) {
            connecting.put(
                    name,
                    Beside.begin("taplab-engine: " + name, () -> DockerEngine.connect(name))
                            .result());
        }
        connecting.forEach(this::addOne);
        if (found.isEmpty()) {
            throw new LabUnavailableException(
                    "none of the engines of taplab.engines can be used: "
                            + String.join(
                                    "; ",
                                    missing.stream().map(Throwable::getMessage).toList()),
                    missing.get(0));
        }
        missing.forEach(why -> progress.accept("no lab is placed there: " + why.getMessage()));
    }

    private void addOne(EngineName name, CompletableFuture<DockerEngine> connecting) {
        try {
            DockerEngine docker = Waiting.joined("%s answers".formatted(name), LONGEST, connecting);
            found.add(docker);
            EngineName other = known.putIfAbsent(docker.identity(), name);
            if (other != null) {
                throw new IllegalArgumentException(
                        "taplab.engines is a list in which each engine stands once, and %s and %s lead to the same"
                                .formatted(other, name));
            }
        } catch (LabUnavailableException e) {
            missing.add(e);
        }
    }
}
