package io.github.taplab.internal.console;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.argument.Call;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.wait.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shell over the serial console, for guests without an agent. It logs in when it is first needed, and anew after the
 * guest has restarted. Commands run one after the other, and leave the console to this shell in between: who types
 * there too is not shown what he types.
 *
 * <p>The guest needs {@code /bin/sh}, and what both coreutils with util-linux and busybox have.
 */
public final class ConsoleShell implements RootShell {

    // As long as an emulated guest's boot may take.
    private static final Duration LOGIN = Duration.ofMinutes(3);

    private final String guest;
    private final SerialLine line;
    private final String user;
    private final Optional<String> password;
    private final Duration login;
    private final Turn turn = new Turn();
    // Only who has the turn looks at it.
    private @Nullable ShellSession session;

    /**
     * A shell that nobody has logged in to yet.
     *
     * @param guest its name in results and messages
     * @param line the guest's console
     * @param user who logs in, if the console asks; one who may do what the commands do
     * @param password empty, if the console lets the user in without one
     */
    public ConsoleShell(String guest, SerialLine line, String user, Optional<String> password) {
        this(guest, line, user, password, LOGIN);
    }

    /**
     * The same.
     *
     * @param login how long a command waits for the shell that it needs
     */
    ConsoleShell(String guest, SerialLine line, String user, Optional<String> password, Duration login) {
        this.guest = guest;
        this.line = line;
        this.user = user;
        this.password = password;
        this.login = login;
    }

    /**
     * Waits until the guest lets the user in, if no shell of his is there already.
     *
     * @throws IllegalStateException if the guest refuses, or has no shell that commands can be run in
     * @throws DeadlineExceededException if it asks for nothing and has no shell in time
     */
    public void logIn(Duration deadline) {
        ShellSession unused = alone("a log-in", deadline, () -> shell(deadline));
    }

    private ShellSession shell(Duration deadline) {
        ShellSession present = session;
        if (present == null || !present.answers()) {
            present = new ConsoleLogin(guest, line, user, password).logIn(deadline);
            session = present;
        }
        return present;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the console can't be logged in to, or does not answer any more
     */
    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        new Call(guest, "run").command(deadline, argv);
        return withShell(
                String.join(" ", argv),
                deadline,
                shell -> run(shell, ShellScript.command(argv), deadline, List.of(argv)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws CommandFailedException if the guest can't
     */
    @Override
    public void writeFile(String path, byte[] content) {
        CommandResult unused = withShell("write " + path, Duration.ZERO, shell -> {
            shell.send("data", content);
            return run(shell, ShellScript.copyTo(path), DEFAULT_DEADLINE, List.of("write", path))
                    .orThrow();
        });
    }

    // A command that was never begun has not run longer than its deadline.
    private <T> T withShell(String what, Duration deadline, Function<ShellSession, T> use) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            // Another one may have to log in, and then run with the deadline that commands have by default.
            return alone(what, login.plus(DEFAULT_DEADLINE).plus(deadline), () -> {
                ShellSession shell = shell(login);
                begun.set(true);
                return use.apply(shell);
            });
        } catch (DeadlineExceededException e) {
            throw begun.get() ? e : new IllegalStateException("%s; asked for: %s".formatted(e.getMessage(), what), e);
        }
    }

    private <T> T alone(String what, Duration deadline, Supplier<T> use) {
        return turn.holding(
                "the turn to use the shell on the console of %s for: %s".formatted(guest, what), deadline, use);
    }

    private CommandResult run(ShellSession shell, byte[] script, Duration deadline, List<String> argv) {
        long start = System.nanoTime();
        shell.send("script", script);
        ShellSession.Run run = shell.run(deadline);
        CommandResult result = new CommandResult(
                guest,
                argv,
                run.ended().exitCode(),
                run.ended().stdout(),
                run.ended().stderr(),
                Duration.ofNanos(System.nanoTime() - start));
        if (run.killed()) {
            throw new DeadlineExceededException("Command still ran after its deadline of %d ms on %s"
                    .formatted(deadline.toMillis(), result.describe()));
        }
        return result;
    }
}
