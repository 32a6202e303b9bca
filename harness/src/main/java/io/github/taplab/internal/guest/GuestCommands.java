package io.github.taplab.internal.guest;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.argument.Call;
import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.docker.CommandStream;
import io.github.taplab.internal.docker.NoAnswerException;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.internal.text.Visible;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Turn;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commands over a port of the small guest that is theirs alone, with the containers' protocol: nobody is asked again
 * and again whether one has ended, and neither libvirt nor the guest's agent is between.
 */
public final class GuestCommands implements RootShell, AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    // What is no answer may be any bytes.
    private static final int SHOWN = 500;

    private final String guest;
    private final Supplier<Machine> machine;
    private final Supplier<ByteStream> opener;
    private final Turn turn = new Turn();
    private final AtomicReference<@Nullable CompletableFuture<ByteStream>> opening = new AtomicReference<>();
    private volatile @Nullable Session session;

    /**
     * The commands of a guest that need not have booted.
     *
     * @param machine where it runs now, asked for signs of life
     * @param opener connects to the port's end in the launcher, which is there. The first time that is done while the
     *     guest boots, or goes on: the engine needs some time for it
     */
    public GuestCommands(String guest, Supplier<Machine> machine, Supplier<ByteStream> opener) {
        this.guest = guest;
        this.machine = machine;
        this.opener = opener;
        openAhead();
    }

    private void openAhead() {
        opening.set(Beside.begin("taplab-commands-" + guest, opener).result());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the guest does not answer; the message has the signs of its machine
     */
    @Override
    public CommandResult tryRun(Duration deadline, String... argv) {
        new Call(guest, "run").command(deadline, argv);
        return ask(String.join(" ", argv), commands -> commands.run(guest, deadline, List.of(argv)));
    }

    /**
     * Sets the clock of the guest's system to that of this JVM's machine.
     *
     * @throws IllegalStateException if the guest does not answer, or can't
     */
    void setClock() {
        tell("set the clock", commands -> GuestClock.set(now -> commands.setClock(guest, now)));
    }

    private void tell(String asked, Consumer<CommandStream> order) {
        boolean unused = ask(asked, commands -> {
            order.accept(commands);
            return true;
        });
    }

    private <T> T ask(String asked, Function<CommandStream, T> question) {
        Session open = session(asked);
        try {
            return question.apply(open.commands);
        } catch (NoAnswerException e) {
            forget(open);
            throw silent(asked, e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the guest does not answer, or can't
     */
    @Override
    public void writeFile(String path, byte[] content) {
        tell("write " + path, commands -> commands.writeFile(guest, path, content));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the guest does not answer, or can't
     */
    @Override
    public void addAddress(String nic, InterfaceIp address, Optional<InetAddress> router) {
        tell("add the address " + address, commands -> commands.addAddress(guest, nic, address, router));
    }

    /** The guest has started anew: what was said before is for nobody there, nor what was opened to be said. */
    void restarted() {
        Session open = session;
        if (open != null) {
            forget(open);
        }
        CompletableFuture<ByteStream> opened = opening.getAndSet(null);
        if (opened != null) {
            CompletableFuture<Void> unused = opened.thenAccept(ByteStream::close);
        }
    }

    /**
     * The guest is about to go back to where it was, or has gone elsewhere. The next way to it is opened in the
     * meantime.
     */
    void goesOn() {
        restarted();
        openAhead();
    }

    private Session session(String asked) {
        Session present = session;
        if (present != null) {
            return present;
        }
        try {
            return turn.holding("the turn to begin commands of " + guest, ANSWER.multipliedBy(2), () -> {
                Session meanwhile = session;
                return meanwhile != null ? meanwhile : begin();
            });
        } catch (NoAnswerException | DeadlineExceededException e) {
            throw silent(asked, e);
        }
    }

    private Session begin() {
        ByteStream stream = stream();
        String port = "The command port of " + guest;
        FirstAnswers answers = new FirstAnswers(stream.fromProcess());
        Session begun = new Session(stream, new CommandStream(port, answers, stream.toProcess()));
        try {
            Waiting.call(port + " answers", ANSWER, () -> {
                begun.commands.beginSession();
                answers.begun();
                return true;
            });
        } catch (RuntimeException e) {
            begun.close();
            throw e;
        }
        session = begun;
        return begun;
    }

    // Only who has the turn.
    private ByteStream stream() {
        CompletableFuture<ByteStream> opened = opening.getAndSet(null);
        return opened == null
                ? opener.get()
                : Waiting.joined("the command port of %s is reached".formatted(guest), ANSWER, opened);
    }

    private synchronized void forget(Session old) {
        // Another thread may have begun the next one.
        if (session == old) {
            session = null;
        }
        old.close();
    }

    private IllegalStateException silent(String asked, RuntimeException why) {
        return new IllegalStateException(machine.get().silence(words(why), asked), shown(why));
    }

    /**
     * The same, or, where a cause has words of the guest that are orders to a terminal or have no end, in their place.
     */
    static RuntimeException shown(RuntimeException why) {
        for (Throwable each = why; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (!Visible.lines(message).equals(message) || message.length() > 10 * SHOWN) {
                IllegalStateException instead = new IllegalStateException(words(why));
                instead.setStackTrace(why.getStackTrace());
                return instead;
            }
        }
        return why;
    }

    /** What is known of a silence. The end of a stream has no message, and says all by being there. */
    static String words(RuntimeException why) {
        Throwable cause = why.getCause();
        return cause == null || cause.getMessage() == null || cause instanceof DeadlineExceededException
                ? String.valueOf(why.getMessage())
                : "%s: %s".formatted(why.getMessage(), Visible.of(Visible.beginning(cause.getMessage(), SHOWN)));
    }

    /** Breaks the way to the guest; who waits for a command hears of it. */
    @Override
    public void close() {
        restarted();
    }

    /** The stream to the port, and what is said over it. */
    private static final class Session implements AutoCloseable {

        private final ByteStream stream;
        private final CommandStream commands;

        Session(ByteStream stream, CommandStream commands) {
            this.stream = stream;
            this.commands = commands;
        }

        @Override
        public void close() {
            try (stream) {
                commands.close();
            }
        }
    }
}
