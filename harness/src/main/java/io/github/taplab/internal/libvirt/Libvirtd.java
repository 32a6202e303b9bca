package io.github.taplab.internal.libvirt;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.machine.LauncherProcess;
import io.github.taplab.internal.trouble.Trouble;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.event.ConnectionCloseReason;

/**
 * The libvirtd of one launcher: the one door for calls to it, each with a name and a deadline.
 *
 * <p>libvirt's client library waits for an answer without end, in native code, which no interrupt reaches. A thread
 * that nobody waits for any more is left in there; it ends with the connection.
 */
final class Libvirtd {

    /** How often the library asks a silent libvirtd whether it is there. */
    static final int KEEP_ALIVE_SECONDS = 5;
    /** How many of these questions may be without an answer when the next one is due. */
    static final int KEEP_ALIVE_COUNT = 3;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds((KEEP_ALIVE_COUNT + 1) * KEEP_ALIVE_SECONDS);
    // The answer that fails and the reason why come on two ways.
    private static final Duration REASON = Duration.ofSeconds(1);
    // It takes some hundredths of a second; on a host with six times as many labs as cores 3 s have been seen.
    private static final Duration START = Duration.ofSeconds(30);
    private static final List<String> STARTED = List.of("/usr/lib/taplab/start-libvirtd");
    private static final String LOG = "/var/log/taplab/libvirtd.log";

    private final String node;
    private final LeasedContainer launcher;
    private final LauncherProcess process;
    private final CompletableFuture<String> gone = new CompletableFuture<>();
    private volatile @Nullable Connect connect;

    /**
     * The libvirtd of a launcher.
     *
     * @param node the launcher's name
     */
    Libvirtd(String node, LeasedContainer launcher) {
        this.node = node;
        this.launcher = launcher;
        process = LauncherProcess.ofName(node, launcher, "libvirtd");
    }

    /**
     * Starts it, and returns once it accepts connections.
     *
     * @throws IllegalStateException if it does not; the message has what it said, or what became of it
     */
    void start() {
        start(START);
    }

    void start(Duration deadline) {
        CommandResult started;
        try {
            started = launcher.exec(node, deadline, STARTED);
        } catch (DeadlineExceededException e) {
            throw silent("does not accept connections within %d s".formatted(deadline.toSeconds()), "its start", e);
        }
        if (!started.succeeded()) {
            throw new IllegalStateException("libvirtd on %s does not start: %s%s"
                    .formatted(node, started.stderr().strip(), Trouble.meaning(started.stderr())));
        }
    }

    /** What is called. */
    @FunctionalInterface
    interface Call<T> extends Waiting.Call<T, LibvirtException> {}

    /** Name of the launcher. */
    String node() {
        return node;
    }

    /** What it is asked through from now on. */
    void connected(Connect through) {
        connect = through;
    }

    /** Completes with the reason when the connection is closed. */
    CompletableFuture<String> gone() {
        return gone;
    }

    /** The connection is closed. */
    void isGone(ConnectionCloseReason reason) {
        gone.complete(
                switch (reason) {
                    case KEEPALIVE ->
                        "does not answer (no answer to keep-alive for %d s, connection closed)"
                                .formatted(KEEP_ALIVE.toSeconds());
                    case EOF, ERROR, CLIENT, UNKNOWN -> "is gone (connection closed, %s)".formatted(reason);
                });
    }

    /** The same as {@link #ask(String, Duration, Call, Consumer)} for an answer that nobody need close. */
    <T> T ask(String what, Duration deadline, Call<T> call) throws LibvirtException {
        return ask(what, deadline, call, tooLate -> {});
    }

    /**
     * Asks libvirtd.
     *
     * @param what is asked for: "the XML of guest"
     * @param tooLate gets an answer that nobody waits for any more
     * @throws LibvirtException if libvirtd refuses
     * @throws IllegalStateException if it does not answer
     */
    <T> T ask(String what, Duration deadline, Call<T> call, Consumer<T> tooLate) throws LibvirtException {
        if (gone.isDone()) {
            throw silent(gone.join(), what, null);
        }
        try {
            return Waiting.call("libvirtd on %s is asked for %s".formatted(node, what), deadline, call, tooLate);
        } catch (DeadlineExceededException e) {
            throw silent("does not answer within %d s".formatted(deadline.toSeconds()), what, e);
        } catch (LibvirtException e) {
            Connect asked = connect;
            if (asked != null && !asked.isAlive()) {
                throw silent(reason(e), what, e);
            }
            throw e;
        }
    }

    /** What it is at present, and its last words, if the connection to it is closed. */
    Optional<String> lost() {
        return gone.isDone()
                ? Optional.of("libvirtd on %s is %s; %s".formatted(node, process.state(), process.lastLines(LOG)))
                : Optional.empty();
    }

    private String reason(LibvirtException failure) {
        try {
            return Waiting.joined("libvirt says why its connection is closed", REASON, gone);
        } catch (DeadlineExceededException notSaid) {
            return "is gone (%s)".formatted(failure.getMessage());
        }
    }

    private IllegalStateException silent(String how, String what, @Nullable Exception cause) {
        return new IllegalStateException(
                "libvirtd on %s %s; it is %s; asked for: %s; %s"
                        .formatted(node, how, process.state(), what, process.lastLines(LOG)),
                cause);
    }
}
