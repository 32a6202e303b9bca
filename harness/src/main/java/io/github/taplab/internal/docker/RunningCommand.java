package io.github.taplab.internal.docker;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A command that has not ended, and what it has written; the thread that reads the answers is the only one to write.
 */
final class RunningCommand implements RunningProcess {

    // Of each of the two streams; a guest's agent keeps as much.
    private static final int MOST_OUTPUT = 16 << 20;
    private static final int SHOWN = 1000;

    private final String node;
    private final List<String> argv;
    private final long start = System.nanoTime();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    // Read by who waits for the exit code, which is set later.
    private boolean late;
    private boolean tooLong;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    RunningCommand(String node, List<String> argv) {
        this.node = node;
        this.argv = argv;
    }

    /** As of what is waited for: "guest runs true". */
    @Override
    public String toString() {
        return "%s runs %s".formatted(node, String.join(" ", argv));
    }

    /** As of what was broken off: "guest ran: true". */
    String whatRan() {
        return "%s ran: %s".formatted(node, String.join(" ", argv));
    }

    /** Completes when it has ended, and fails when that can't be known any more. */
    CompletableFuture<Integer> exitCode() {
        return exitCode;
    }

    @Override
    public boolean takeStdout(byte[] bytes) {
        return keep(stdout, bytes);
    }

    @Override
    public boolean takeStderr(byte[] bytes) {
        return keep(stderr, bytes);
    }

    private boolean keep(ByteArrayOutputStream output, byte[] bytes) {
        if (output.size() + bytes.length <= MOST_OUTPUT) {
            output.writeBytes(bytes);
            return true;
        }
        boolean first = !tooLong;
        tooLong = true;
        return !first;
    }

    @Override
    public void late() {
        late = true;
    }

    @Override
    public void begun() {
        // It is waited for its end.
    }

    @Override
    public void fed(int length) {
        // It has no input.
    }

    @Override
    public void ended(int code) {
        exitCode.complete(code);
    }

    @Override
    public void lost(RuntimeException why) {
        exitCode.completeExceptionally(why);
    }

    /**
     * What became of it, once its exit code is known.
     *
     * @throws IllegalStateException if it wrote more than is kept
     * @throws DeadlineExceededException if it was killed at its deadline
     */
    CommandResult result(Duration deadline) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        CommandResult result = new CommandResult(
                node,
                argv,
                exitCode.join(),
                stdout.toString(StandardCharsets.UTF_8),
                stderr.toString(StandardCharsets.UTF_8),
                took);
        if (tooLong) {
            throw new IllegalStateException("Command was killed, since it wrote more than %d MiB, on %s"
                    .formatted(MOST_OUTPUT >> 20, head(result).describe()));
        }
        if (late) {
            throw new DeadlineExceededException("Command still ran after its deadline of %d ms on %s"
                    .formatted(deadline.toMillis(), result.describe()));
        }
        return result;
    }

    private static CommandResult head(CommandResult result) {
        return new CommandResult(
                result.node(),
                result.argv(),
                result.exitCode(),
                head(result.stdout()),
                head(result.stderr()),
                result.took());
    }

    private static String head(String output) {
        return output.length() <= SHOWN ? output : output.substring(0, SHOWN) + " ...";
    }
}
