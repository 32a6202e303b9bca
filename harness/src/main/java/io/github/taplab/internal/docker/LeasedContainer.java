package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.CommandResult;
import io.github.taplab.node.DeadlineExceededException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A running container that ends itself when this JVM does: its command waits for the end of its standard input, and
 * that is a stream which this object holds open.
 */
public final class LeasedContainer implements AutoCloseable {

    private static final String READY = "taplab: ready";
    private static final int EXIT_CODE_OF_TIMEOUT = 124;
    // On a busy machine a launcher has been seen to take three seconds.
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final DockerClient client;
    private final String id;
    private final String name;
    private final ByteStream lease;

    LeasedContainer(DockerClient client, String id, String name, ByteStream lease) {
        this.client = client;
        this.id = id;
        this.name = name;
        this.lease = lease;
    }

    /** Docker's. */
    String id() {
        return id;
    }

    /** The container's name on the Docker host. */
    public String name() {
        return name;
    }

    /**
     * Waits until the container's command says that it is ready.
     *
     * @throws IllegalStateException if it ends before; the message has what it wrote
     * @throws DeadlineExceededException if it says nothing for a minute; it is then ended
     */
    public void awaitReady() {
        AtomicBoolean decided = new AtomicBoolean();
        CompletableFuture.delayedExecutor(START.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (decided.compareAndSet(false, true)) {
                        lease.abort();
                    }
                });
        try {
            readUntilReady();
        } catch (IllegalStateException | UncheckedIOException e) {
            if (!decided.compareAndSet(false, true)) {
                throw new DeadlineExceededException(
                        "Container %s was not ready within %d s: %s".formatted(name, START.toSeconds(), e.getMessage()),
                        e);
            }
            throw e;
        }
        decided.set(true);
    }

    private void readUntilReady() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(lease.fromProcess(), StandardCharsets.UTF_8));
        StringBuilder seen = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(READY)) {
                    return;
                }
                seen.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Lost the stream of container " + name, e);
        }
        throw new IllegalStateException(
                "Container %s ended before it was ready%nstdout: %s%nstderr: %s".formatted(name, seen, lease.stderr()));
    }

    /**
     * Runs a command in the container.
     *
     * @param node the name by which the result calls the container
     * @throws DeadlineExceededException if it runs longer; it is then killed, and the message has its output
     */
    public CommandResult exec(String node, Duration deadline, List<String> argv) {
        long start = System.nanoTime();
        // The command ends itself at its deadline: closing an exec's stream does not end its process.
        List<String> bounded = new ArrayList<>(List.of("timeout", "-k", "1", seconds(deadline)));
        bounded.addAll(argv);
        FrameCollector output = new FrameCollector();
        String exec = create(bounded, false);
        boolean ended;
        try {
            client.execStartCmd(exec).exec(output);
            ended = output.awaitCompletion(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlineExceededException(
                    "Interrupted while %s ran: %s".formatted(node, String.join(" ", argv)), e);
        }
        @Nullable Long code = ended ? client.inspectExecCmd(exec).exec().getExitCodeLong() : null;
        CommandResult result = new CommandResult(
                node,
                argv,
                code == null ? EXIT_CODE_OF_TIMEOUT : code.intValue(),
                output.stdout(),
                output.stderr(),
                Duration.ofNanos(System.nanoTime() - start));
        if (result.exitCode() == EXIT_CODE_OF_TIMEOUT && result.took().compareTo(deadline) >= 0) {
            throw new DeadlineExceededException("Command still ran after its deadline of %d ms on %s"
                    .formatted(deadline.toMillis(), result.describe()));
        }
        return result;
    }

    /** Starts a process whose standard streams are then the caller's; it should end when its input does. */
    public ByteStream open(List<String> argv) {
        ByteStream stream = new ByteStream();
        String exec = create(argv, true);
        client.execStartCmd(exec).withStdIn(stream.requestBody()).exec(stream.receiver());
        return stream;
    }

    /**
     * Unpacks a tar archive in the container.
     *
     * @param folder which is there already
     */
    public void unpack(InputStream tar, String folder) {
        try {
            client.copyArchiveToContainerCmd(id)
                    .withRemotePath(folder)
                    .withTarInputStream(tar)
                    .exec();
        } catch (DockerException e) {
            throw new IllegalStateException(
                    "Files can't be put into %s of container %s: %s".formatted(folder, name, e.getMessage()), e);
        }
    }

    private String create(List<String> argv, boolean withInput) {
        ExecCreateCmd request = client.execCreateCmd(id)
                .withCmd(argv.toArray(String[]::new))
                .withEnv(List.of("LC_ALL=C"))
                .withAttachStdin(withInput)
                .withAttachStdout(true)
                .withAttachStderr(true);
        try {
            return request.exec().getId();
        } catch (DockerException e) {
            throw new IllegalStateException(
                    "Container %s can't run a command, it may have ended: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static String seconds(Duration deadline) {
        return Long.toString(deadline.toMillis() / 1000) + "." + "%03d".formatted(deadline.toMillis() % 1000);
    }

    /** Removes the container, with all that runs in it. */
    @Override
    public void close() {
        try (lease) {
            client.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException | ConflictException alreadyGoing) {
            // It ended by itself, and Docker removes it. Until it has, its network can't be removed.
            Waiting.until("container %s is gone".formatted(name), GRACE, this::isThere, there -> !there);
        }
    }

    private boolean isThere() {
        try {
            client.inspectContainerCmd(id).exec();
            return true;
        } catch (NotFoundException gone) {
            return false;
        }
    }
}
