package io.github.taplab.internal.session;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings.Isolation;
import io.github.taplab.internal.docker.ContainerRequest;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The network namespace of an engine's host, where what belongs to labs is changed: the ports of their bridges, and
 * what the host's kernel hears of them. A container is there with {@code NET_ADMIN}, from the first that needs it to
 * the end of the session. Commands of tests never run in it.
 */
public final class HostNetwork implements Shell, AutoCloseable {

    // The engine is asked several things, each with a deadline of its own.
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final String NAME = "Docker host";

    private final DockerEngine docker;
    private final Isolation isolation;
    private final Supplier<String> image;
    private final String prefix;
    private final Map<String, String> labels;
    private final Progress progress;
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();
    private @Nullable CompletableFuture<LeasedContainer> starting;
    private boolean closed;

    /**
     * A network of which nothing is known.
     *
     * @param isolation whether the host's kernel shall hear labs
     * @param image the lab image's id
     * @param prefix of the container's name
     * @param labels the container's
     * @param progress told once if labs can't be kept from the host
     */
    HostNetwork(
            DockerEngine docker,
            Isolation isolation,
            Supplier<String> image,
            String prefix,
            Map<String, String> labels,
            Progress progress) {
        this.docker = docker;
        this.isolation = isolation;
        this.image = image;
        this.prefix = prefix;
        this.labels = Map.copyOf(labels);
        this.progress = progress;
    }

    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        return container().exec(NAME, deadline, List.of(argv));
    }

    /**
     * Has the host's kernel hear nothing that comes over a lab's bridge, and say nothing there, as long as what is
     * returned is open. What the bridge carries between its ports is not touched.
     *
     * @return empty where that was not asked for, or is not possible and not required
     * @throws IllegalStateException if it is required, and not possible
     */
    public Optional<AutoCloseable> isolate(String bridge) {
        if (isolation == Isolation.OFF) {
            return Optional.empty();
        }
        try {
            return Optional.of(DeafBridge.make(container(), bridge));
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            String reason = "the host of %s hears its labs, and a guest can reach it there: %s"
                    .formatted(docker.name(), String.valueOf(e.getMessage()).strip());
            if (isolation == Isolation.REQUIRED) {
                throw new IllegalStateException(reason + "; taplab.isolation=required forbids that", e);
            }
            if (told.compareAndSet(false, true)) {
                progress.accept(reason + ". taplab.isolation=off says that this is meant");
            }
            return Optional.empty();
        }
    }

    private LeasedContainer container() {
        return Waiting.joined("a container in the host's network starts", LONGEST_START, begun());
    }

    /**
     * One that failed to start, or was killed, is followed by another. Whoever waits may give up, but no start does.
     */
    private synchronized CompletableFuture<LeasedContainer> begun() {
        if (closed) {
            throw new IllegalStateException("the session is over");
        }
        CompletableFuture<LeasedContainer> begun = starting;
        if (begun == null
                || begun.isCompletedExceptionally()
                || (begun.isDone() && begun.join().hasEnded())) {
            begun = Beside.begin("taplab-host", this::started).result();
            starting = begun;
        }
        return begun;
    }

    private LeasedContainer started() {
        String name = "%s-%d".formatted(prefix, starts.incrementAndGet());
        return docker.containers()
                .startReady(ContainerRequest.inHostsNetwork(name, image.get(), List.of("NET_ADMIN"), labels));
    }

    @Override
    public void close() {
        CompletableFuture<LeasedContainer> last;
        synchronized (this) {
            closed = true;
            last = starting;
        }
        if (last != null && !last.isCompletedExceptionally()) {
            Waiting.joined("a container in the host's network starts", LONGEST_START, last)
                    .close();
        }
    }
}
