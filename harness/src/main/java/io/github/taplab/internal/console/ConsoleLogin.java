package io.github.taplab.internal.console;

import io.github.taplab.command.DeadlineExceededException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Comes to a shell on a console: with a user name and a password where a getty asks for them, at once where a shell is
 * already there. What is there shows only after a key was pressed.
 */
final class ConsoleLogin {

    // What goes on writing has not asked yet.
    private static final Duration QUIET = Duration.ofMillis(300);
    // Longer than login takes to refuse a password, on purpose, three seconds.
    private static final Duration SILENCE = Duration.ofSeconds(6);
    private static final String ENTER = "\r";
    private static final int SENT_AT_MOST = 3;
    private static final int SHOWN = 20;
    // What is asked for is at the end. A guest may write without end.
    private static final int KEPT = 1 << 16;

    private final String guest;
    private final SerialLine line;
    private final String user;
    private final Optional<String> password;
    private final String session = "%08x".formatted(ThreadLocalRandom.current().nextInt());
    private final StringBuilder all = new StringBuilder();
    private int answered;
    private int userSent;
    private int passwordsSent;
    private boolean passwordIsLookedAt;
    private boolean takenOver;
    private Deadline silence = Deadline.in(SILENCE);

    ConsoleLogin(String guest, SerialLine line, String user, Optional<String> password) {
        this.guest = guest;
        this.line = line;
        this.user = user;
        this.password = password;
    }

    /**
     * Logs in, and makes the shell ready for commands.
     *
     * @throws IllegalStateException if the console refuses
     * @throws DeadlineExceededException if there is no shell in time
     */
    ShellSession logIn(Duration deadline) {
        Deadline end = Deadline.in(deadline);
        converse(end, deadline);
        ShellSession shell = new ShellSession(guest, line, session);
        shell.prepare();
        return shell;
    }

    private void converse(Deadline end, Duration deadline) {
        Incoming incoming = line.listen();
        try {
            press(ENTER);
            while (all.indexOf("@taplab:%s:0:ready:".formatted(session)) < 0) {
                if (end.hasPassed()) {
                    throw new DeadlineExceededException(
                            "%s logs in on the console of %s: not within %d ms, last seen: %s"
                                    .formatted(user, guest, deadline.toMillis(), lastLines()));
                }
                Optional<String> piece = incoming.next(end.shorter(QUIET));
                piece.ifPresent(this::keep);
                KernelPanic.in(all.toString()).ifPresent(why -> {
                    throw refused("will let nobody in, its kernel has given up: " + why);
                });
                if (piece.isEmpty() || silence.hasPassed()) {
                    answer();
                }
            }
        } finally {
            line.ignore();
        }
    }

    private void keep(String piece) {
        all.append(piece);
        int dropped = Math.max(0, all.length() - KEPT);
        all.delete(0, dropped);
        answered = Math.max(0, answered - dropped);
    }

    private void answer() {
        String asked = all.substring(answered);
        LoginPrompt prompt = LoginPrompt.in(asked);
        // Asked once more without a word of refusal: on a busy guest a log-in throws away what was typed too early for
        // it, or gives up after a minute.
        if (passwordsSent > 0 && LoginPrompt.refuses(asked)) {
            throw refused("does not let %s in with the given password".formatted(user));
        }
        switch (prompt) {
            case LOGIN -> {
                if (userSent == SENT_AT_MOST) {
                    throw refused("does not let %s in".formatted(user));
                }
                userSent++;
                press(user + ENTER);
            }
            case PASSWORD -> answerPassword();
            case ENTER -> press(ENTER);
            case COMMAND, SOMETHING -> takeOver();
            case NOTHING -> {
                // The Enter key could be taken for a second password while the first one is being looked at.
                if (silence.hasPassed() && !passwordIsLookedAt) {
                    press(ENTER);
                }
            }
        }
    }

    private void answerPassword() {
        if (userSent == 0) {
            // Somebody else's log-in was left half-way. This refuses it, and the next question is for the name.
            press(ENTER);
            return;
        }
        if (passwordsSent == SENT_AT_MOST) {
            throw refused("does not let %s in with the given password".formatted(user));
        }
        passwordsSent++;
        String secret =
                password.orElseThrow(() -> refused("asks for a password of %s, and none was given".formatted(user)));
        press(secret + ENTER);
        passwordIsLookedAt = true;
    }

    private void takeOver() {
        // Typed once, it may be on its way to a shell that is still starting.
        if (takenOver && !silence.hasPassed()) {
            return;
        }
        takenOver = true;
        press(ShellScript.takeOver(session));
    }

    private void press(String keys) {
        answered = all.length();
        passwordIsLookedAt = false;
        silence = Deadline.in(SILENCE);
        line.type(keys);
    }

    private IllegalStateException refused(String why) {
        return new IllegalStateException("The console of %s %s, last seen: %s".formatted(guest, why, lastLines()));
    }

    private String lastLines() {
        List<String> lines = TerminalLines.of(all.toString());
        int last = lines.size() - 1;
        return last < 0 ? "" : TerminalLines.shown(lines.subList(Math.max(0, last + 1 - SHOWN), last), lines.get(last));
    }
}
