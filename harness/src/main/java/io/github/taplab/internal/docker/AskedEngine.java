package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.ssh.tunnel.SshTunnel;
import io.github.taplab.internal.wait.LateInterrupt;
import io.github.taplab.internal.wait.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one way to ask an engine something: every question has a name and a deadline, and ends with an interrupt. The
 * client's own time-outs would do so only for questions that have an answer, and would also break the streams that stay
 * open as long as a lab.
 */
final class AskedEngine {

    /** For whatever takes an engine seconds at most; it may be far away, and busy. */
    static final Duration ANSWER = Duration.ofSeconds(60);

    private static final int CAUSES = 10;

    private final DockerClient client;
    private final String name;
    private final Duration answer;
    private final Optional<SshTunnel> tunnel;

    /**
     * An engine.
     *
     * @param name what it is and where, for messages: "the engine at unix:///var/run/docker.sock"
     * @param answer how long a question may take
     * @param tunnel behind which it is; empty: it is reached without one
     */
    AskedEngine(DockerClient client, String name, Duration answer, Optional<SshTunnel> tunnel) {
        this.client = client;
        this.name = name;
        this.answer = answer;
        this.tunnel = tunnel;
    }

    /** The same by another name. */
    AskedEngine called(String other) {
        return new AskedEngine(client, other, answer, tunnel);
    }

    String name() {
        return name;
    }

    /** How long a question may take that is not known to take longer. */
    Duration answer() {
        return answer;
    }

    /**
     * Asks.
     *
     * @param to what it is asked to do, in words: "create network taplab-1"
     * @throws io.github.taplab.command.DeadlineExceededException if no answer comes in time
     * @throws DockerException if the answer is a refusal
     * @throws IllegalStateException if the connection breaks
     */
    <T> T ask(String to, Function<DockerClient, T> question) {
        return ask(to, answer, question, tooLate -> {});
    }

    /**
     * The same for what brings something into being.
     *
     * @param tooLate gets an answer that came when nobody waited for it any more
     */
    <T> T ask(String to, Duration deadline, Function<DockerClient, T> question, Consumer<T> tooLate) {
        return Waiting.call(words(to), deadline, () -> answered(to, question), tooLate);
    }

    /** Asks what is answered with success or refusal only. */
    void tell(String to, Consumer<DockerClient> order) {
        tell(to, answer, order);
    }

    /** The same for what takes long. */
    void tell(String to, Duration deadline, Consumer<DockerClient> order) {
        ask(
                to,
                deadline,
                asked -> {
                    order.accept(asked);
                    return true;
                },
                tooLate -> {});
    }

    /** Has something removed, also by a thread that has been interrupted already: it may be why this is called. */
    void clean(String to, Consumer<DockerClient> order) {
        LateInterrupt.afterDoing(() -> tell(to, order));
    }

    /**
     * Asks for a stream, and waits until it has begun, or could not.
     *
     * @param to what the engine is asked to do, in words
     * @param question by a thread of the client's own
     * @param begun done when it has
     */
    void begin(String to, Consumer<DockerClient> question, CompletableFuture<Boolean> begun) {
        question.accept(client);
        try {
            Waiting.joined(words(to), answer, begun);
        } catch (DeadlineExceededException | InterruptedWaitException own) {
            throw own;
        } catch (RuntimeException e) {
            throw told(to, e);
        }
    }

    private <T> T answered(String to, Function<DockerClient, T> question) {
        try {
            return question.apply(client);
        } catch (RuntimeException e) {
            throw told(to, e);
        }
    }

    private String words(String to) {
        return "%s is asked to %s".formatted(name, to);
    }

    // The client wraps what breaks a connection twice or more, and says only "java.io.IOException".
    private RuntimeException told(String to, RuntimeException failure) {
        return failure instanceof DockerException
                ? failure
                : new IllegalStateException("%s: %s".formatted(words(to), broken(failure)), failure);
    }

    /** What broke a connection to it, in words. Of one through a tunnel the client sees the nearer end only. */
    String broken(Throwable failure) {
        return firstCause(failure) instanceof IOException
                ? trouble().orElseGet(() -> brokenBy(failure))
                : brokenBy(failure);
    }

    /** What is wrong with the way to it; empty: nothing that is known. */
    Optional<String> trouble() {
        return tunnel.flatMap(SshTunnel::trouble);
    }

    /** What broke a connection, in words. */
    static String brokenBy(Throwable failure) {
        Throwable cause = firstCause(failure);
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return cause instanceof IOException ? "the connection broke (%s)".formatted(message) : message;
    }

    /** What a failure comes from in the end; what the engine itself has answered needs no other cause. */
    static Throwable firstCause(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < CAUSES && cause.getCause() != null && !(cause instanceof DockerException); i++) {
            cause = cause.getCause();
        }
        return cause;
    }

    void close() throws IOException {
        try {
            client.close();
        } finally {
            tunnel.ifPresent(SshTunnel::close);
        }
    }
}
