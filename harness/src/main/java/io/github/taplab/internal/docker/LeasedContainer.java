package io.github.taplab.internal.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.trouble.Trouble;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A running container that ends itself when this JVM does: it takes commands from its standard input and ends with it,
 * and that is a stream which this object holds open.
 */
public final class LeasedContainer implements AutoCloseable {

    // On a busy machine a launcher has been seen to take three seconds.
    private static final Duration START = Duration.ofMinutes(1);
    // Asked for a message, which is worth having without this too.
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final AskedEngine engine;
    private final Endings endings;
    private final String id;
    private final String name;
    private final ByteStream lease = new ByteStream();
    private final CommandStream commands;

    /** A container that was made, and is removed on closing. */
    LeasedContainer(AskedEngine engine, Endings endings, String id, String name) {
        this.engine = engine;
        this.endings = endings;
        this.id = id;
        this.name = name;
        commands = new CommandStream("Container " + name, lease.fromProcess(), lease.toProcess());
    }

    /** Takes the lease, and then starts it. */
    void start() {
        endings.watch(id);
        try {
            lease.connect(
                    engine,
                    "attach to container " + name,
                    asked -> asked.attachContainerCmd(id)
                            .withStdIn(lease.requestBody())
                            .withStdOut(true)
                            .withStdErr(true)
                            .withFollowStream(true)
                            .exec(lease.receiver()));
        } catch (IllegalStateException e) {
            throw withTheReason(e);
        }
        engine.tell(
                "start container " + name, asked -> asked.startContainerCmd(id).exec());
    }

    // Of a refused stream the client tells the status only. Podman, which makes a container when it is attached to,
    // gives the same reason to whoever starts it. Should it start nevertheless, it is removed as well.
    private IllegalStateException withTheReason(IllegalStateException refused) {
        try {
            engine.tell(
                    "start container " + name,
                    LOOK,
                    asked -> asked.startContainerCmd(id).exec());
            return refused;
        } catch (DockerException e) {
            return new IllegalStateException("%s; %s".formatted(refused.getMessage(), e.getMessage()), refused);
        } catch (DeadlineExceededException | IllegalStateException silent) {
            return refused;
        }
    }

    /** Docker's. */
    String id() {
        return id;
    }

    /** The container's name on the Docker host. */
    public String name() {
        return name;
    }

    /** Whether it has ended, or its engine can't be reached any more. */
    public boolean hasEnded() {
        return lease.hasEnded();
    }

    /**
     * Waits until the container takes commands.
     *
     * @throws IllegalStateException if it ends before; the message has what it wrote
     * @throws DeadlineExceededException if it says nothing for a minute; it is then ended
     */
    public void awaitReady() {
        try {
            Waiting.call("container %s takes commands".formatted(name), START, () -> {
                commands.awaitReady();
                return true;
            });
        } catch (DeadlineExceededException e) {
            lease.abort();
            throw new DeadlineExceededException("%s%nstderr: %s".formatted(e.getMessage(), lease.stderr()), e);
        } catch (IllegalStateException | UncheckedIOException e) {
            String said = lease.stderr();
            throw new IllegalStateException(
                    "%s%nstderr: %s%s%nend: %s".formatted(e.getMessage(), said, Trouble.meaning(said), endings.of(id)),
                    e);
        }
    }

    /**
     * Runs a command in the container, which takes commands already.
     *
     * @param node the name by which the result calls the container
     * @throws DeadlineExceededException if it runs longer; it is then killed, and the message has its output
     * @throws IllegalStateException if the container has ended, or does not answer
     */
    public CommandResult exec(String node, Duration deadline, List<String> argv) {
        try {
            return commands.run(node, deadline, argv);
        } catch (IllegalStateException e) {
            throw lease.hasEnded()
                    ? gone("%s's container %s".formatted(node, name), shown(argv), e)
                    : withTheEnginesWord(e);
        }
    }

    // Between a container that says nothing and this JVM is the engine, which may be what is silent.
    private IllegalStateException withTheEnginesWord(IllegalStateException failure) {
        return failure instanceof NoAnswerException
                ? new NoAnswerException("%s; %s".formatted(failure.getMessage(), enginesWord()), failure)
                : failure;
    }

    private String enginesWord() {
        try {
            return "%s says that it is %s"
                    .formatted(
                            engine.name(),
                            engine.ask(
                                    "look at container " + name,
                                    LOOK,
                                    asked -> String.valueOf(asked.inspectContainerCmd(id)
                                            .exec()
                                            .getState()
                                            .getStatus()),
                                    tooLate -> {}));
        } catch (DockerException | DeadlineExceededException | IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private IllegalStateException gone(String which, String wanted, RuntimeException cause) {
        return new IllegalStateException(
                "%s is gone: %s; it can't run: %s".formatted(which, endings.of(id), wanted), cause);
    }

    /**
     * Starts a process whose standard streams are then the caller's; it should end when its input does.
     *
     * @throws IllegalStateException if the container has ended, or does not answer
     */
    public ByteStream open(List<String> argv) {
        try {
            return commands.open(argv);
        } catch (IllegalStateException e) {
            throw lease.hasEnded() ? gone("Container " + name, shown(argv), e) : withTheEnginesWord(e);
        }
    }

    /** A command for messages, in one line: of a script among its arguments the first one. */
    static String shown(List<String> argv) {
        return argv.stream()
                .map(word -> word.contains("\n") ? word.substring(0, word.indexOf('\n')) + " ..." : word)
                .collect(Collectors.joining(" "));
    }

    /** The same as {@link #unpack(InputStream, String, Duration)} for small files. */
    public void unpack(InputStream tar, String folder) {
        unpack(tar, folder, engine.answer());
    }

    /**
     * Unpacks a tar archive in the container.
     *
     * @param folder which is there already
     */
    public void unpack(InputStream tar, String folder, Duration deadline) {
        try {
            engine.tell(
                    "unpack files in %s of container %s".formatted(folder, name),
                    deadline,
                    asked -> asked.copyArchiveToContainerCmd(id)
                            .withRemotePath(folder)
                            .withTarInputStream(tar)
                            .exec());
        } catch (DockerException e) {
            throw new IllegalStateException(
                    "Files can't be put into %s of container %s: %s".formatted(folder, name, e.getMessage()), e);
        }
    }

    /**
     * Packs the files of a folder of the container.
     *
     * @return a tar archive, which the engine makes while it is read
     */
    InputStream pack(String folder) {
        try {
            return engine.ask(
                    "give the files in %s of container %s".formatted(folder, name),
                    engine.answer(),
                    asked -> asked.copyArchiveFromContainerCmd(id, folder).exec(),
                    LeasedContainer::closeBeside);
        } catch (DockerException e) {
            throw new IllegalStateException(
                    "Files can't be read from %s of container %s: %s".formatted(folder, name, e.getMessage()), e);
        }
    }

    // What is left of an answer may be read before it is closed, and an engine may be silent.
    static void closeBeside(InputStream answer) {
        var unused = Beside.begin("taplab-close-answer", () -> {
            try (answer) {
                return true;
            } catch (IOException broken) {
                return false;
            }
        });
    }

    /** Removes the container, with all that runs in it. */
    @Override
    public void close() {
        try (lease) {
            engine.clean(
                    "remove container " + name,
                    asked -> asked.removeContainerCmd(id).withForce(true).exec());
        } catch (NotFoundException | ConflictException alreadyGoing) {
            // It ended by itself, and Docker removes it. Until it has, its network can't be removed.
            Waiting.until("container %s is gone".formatted(name), GRACE, this::isThere, there -> !there);
        } finally {
            endings.forget(id);
        }
    }

    private boolean isThere() {
        try {
            return engine.ask("look at container " + name, asked -> {
                asked.inspectContainerCmd(id).exec();
                return true;
            });
        } catch (NotFoundException gone) {
            return false;
        }
    }
}
