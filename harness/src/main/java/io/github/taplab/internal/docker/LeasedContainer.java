package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.CommandResult;
import io.github.taplab.node.DeadlineExceededException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running container that ends itself when this JVM does: it takes commands from its standard input and ends with it,
 * and that is a stream which this object holds open.
 */
public final class LeasedContainer implements AutoCloseable {

    // On a busy machine a launcher has been seen to take three seconds.
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final DockerClient client;
    private final String id;
    private final String name;
    private final ByteStream lease;
    private final CommandStream commands;

    LeasedContainer(DockerClient client, String id, String name, ByteStream lease) {
        this.client = client;
        this.id = id;
        this.name = name;
        this.lease = lease;
        commands = new CommandStream(name, lease.fromProcess(), lease.toProcess());
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
     * Waits until the container takes commands.
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
            commands.awaitReady();
        } catch (IllegalStateException | UncheckedIOException e) {
            String reason = "%s%nstderr: %s".formatted(e.getMessage(), lease.stderr());
            if (!decided.compareAndSet(false, true)) {
                throw new DeadlineExceededException(
                        "Container %s was not ready within %d s: %s".formatted(name, START.toSeconds(), reason), e);
            }
            throw new IllegalStateException(reason, e);
        }
        decided.set(true);
    }

    /**
     * Runs a command in the container, which takes commands already.
     *
     * @param node the name by which the result calls the container
     * @throws DeadlineExceededException if it runs longer; it is then killed, and the message has its output
     * @throws IllegalStateException if the container has ended
     */
    public CommandResult exec(String node, Duration deadline, List<String> argv) {
        return commands.run(node, deadline, argv);
    }

    /** Starts a process whose standard streams are then the caller's; it should end when its input does. */
    public ByteStream open(List<String> argv) {
        ByteStream stream = new ByteStream();
        String exec = create(argv);
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

    private String create(List<String> argv) {
        ExecCreateCmd request = client.execCreateCmd(id)
                .withCmd(argv.toArray(String[]::new))
                .withEnv(List.of("LC_ALL=C"))
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true);
        try {
            return request.exec().getId();
        } catch (DockerException e) {
            throw new IllegalStateException(
                    "Container %s can't start a process, it may have ended: %s".formatted(name, e.getMessage()), e);
        }
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
