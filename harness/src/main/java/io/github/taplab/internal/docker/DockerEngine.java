package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Info;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** A Docker engine: what there is of each kind, and the connections to it. */
public final class DockerEngine {

    private static final Duration CLOSE = Duration.ofSeconds(10);
    // The event of a container's end comes within milliseconds.
    private static final Duration EVENT = Duration.ofSeconds(2);

    // It answers within milliseconds, on a busy machine within seconds.
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private final AskedEngine engine;
    private final EngineKind kind;
    private final String architecture;
    private final EngineSize size;
    private final String description;
    private final Endings endings;
    private final Containers containers;

    DockerEngine(AskedEngine engine, EngineKind kind, String architecture, EngineSize size, String description) {
        this.engine = engine;
        this.kind = kind;
        this.architecture = architecture;
        this.size = size;
        this.description = description;
        endings = new Endings(engine, EVENT);
        containers = new Containers(engine, endings, kind.capabilities());
    }

    /**
     * Finds an engine.
     *
     * @throws LabUnavailableException if none answers, or if it is one that labs can't run on
     * @throws IllegalArgumentException if the name leads nowhere
     */
    public static DockerEngine connect(EngineName name) {
        return EngineSearch.connect(name);
    }

    /**
     * The same for who does not want to wait for one that is slow.
     *
     * @param connect how long it may take to answer at all
     * @param answer how long each answer may take later
     */
    public static DockerEngine connect(EngineName name, Duration connect, Duration answer) {
        return EngineSearch.connect(name, connect, answer);
    }

    /** What it is and where, for messages: "the engine at unix:///var/run/docker.sock". */
    public String name() {
        return engine.name();
    }

    /** What the engine says of itself. */
    public EngineAbout about() {
        return EngineAbout.of(
                EngineVersion.of(engine.ask(
                        "say its version", asked -> asked.versionCmd().exec())),
                engine.ask("say what its host has", asked -> asked.infoCmd().exec()));
    }

    /** Where the engine is, for people. */
    public String description() {
        return description;
    }

    /** The kind of its host's CPU, as Docker calls it: {@code amd64} or {@code arm64}. */
    public String architecture() {
        return architecture;
    }

    /** How large the engine's host is. */
    public EngineSize size() {
        return size;
    }

    /** What tells it from all others, by whatever name it is found. */
    public String identity() {
        return engine.ask("say who it is", client -> {
            Info info = client.infoCmd().exec();
            // Up to Docker 20.10, those of one machine have the same id.
            return "%s %s".formatted(info.getId(), info.getDockerRootDir());
        });
    }

    /** Asks whether it is there, and why not; empty: it is. */
    public Optional<String> silence() {
        try {
            engine.tell("answer at all", SIGN_OF_LIFE, asked -> asked.pingCmd().exec());
            return Optional.empty();
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    public Images images() {
        return new Images(engine);
    }

    public Networks networks() {
        return new Networks(engine, kind);
    }

    public Containers containers() {
        return containers;
    }

    public Volumes volumes() {
        return new Volumes(engine);
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
