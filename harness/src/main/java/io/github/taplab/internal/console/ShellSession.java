package io.github.taplab.internal.console;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.console.ShellOutput.Ended;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A shell on a console that has been taken over: questions are typed, answers are frames.
 *
 * <p>An answer can be damaged, and is then asked for once more. A command is started once only.
 */
final class ShellSession {

    /** What is missing after this time may have been damaged. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Who has said nothing for this long is gone; an emulated guest on a busy machine may take seconds. */
    private static final Duration GONE = Duration.ofSeconds(20);

    private static final Duration KILLED = Duration.ofSeconds(10);
    /** After its deadline, for what a command has printed: an emulated UART takes a minute for some 100 KiB. */
    private static final Duration SHOWN = Duration.ofMinutes(10);
    /** In base64: as much as is kept of a command elsewhere, of both streams together. */
    private static final int MOST_OUTPUT = (16 << 20) / 3 * 4;

    private static final int SENDINGS = 6;
    private static final int ASKINGS = 3;
    private static final int SHOWINGS = 8;
    // First as it is, so that what the kernel says in the meantime is on the console.
    private static final int CALM_FROM = 2;

    private final String guest;
    private final SerialLine line;
    private final String id;
    private int tags;

    /**
     * A session.
     *
     * @param id eight hexadecimal digits
     */
    ShellSession(String guest, SerialLine line, String id) {
        this.guest = guest;
        this.line = line;
        this.id = id;
    }

    /**
     * How a run came to its end.
     *
     * @param ended what it left behind
     * @param killed whether that was at its deadline
     */
    record Run(Ended ended, boolean killed) {}

    /**
     * Makes a shell that has just been taken over ready for commands.
     *
     * @throws IllegalStateException if the guest lacks programs for that
     */
    void prepare() {
        try (FrameReader frames = frames()) {
            String missing = ask(frames, 0, "missing", ShellScript.missing(id), SENDINGS)
                    .orElseThrow(() -> lost(frames))
                    .strip();
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Commands can't be run on the console of %s: the guest has no %s"
                        .formatted(guest, missing.replace(" ", ", ")));
            }
            if (ask(frames, 0, "prepared", ShellScript.prepare(id), SENDINGS).isEmpty()) {
                throw lost(frames);
            }
        }
    }

    /**
     * Whether the shell is still there; it is not after a restart of the guest. The Enter key alone asks for that: a
     * getty would take anything else for a user's name.
     */
    boolean answers() {
        try (FrameReader frames = frames()) {
            return ask(frames, 0, "idle", "\n", ASKINGS).isPresent();
        }
    }

    /** Asks what may be asked more than once. */
    private Optional<String> ask(FrameReader frames, int tag, String kind, String question, int times) {
        Optional<String> answer = Optional.empty();
        for (int asked = 1; asked <= times && answer.isEmpty(); asked++) {
            line.type(question);
            answer = frames.await(tag, kind, Duration.ofSeconds(asked)).map(ShellFrame::value);
        }
        return answer;
    }

    /** Sends a file, to be used by the script. */
    void send(String file, byte[] content) {
        try (FrameReader frames = frames()) {
            int sent = 0;
            do {
                byte[] part = Arrays.copyOfRange(content, sent, Math.min(content.length, sent + ShellScript.CHUNK));
                send(frames, file, sent, part);
                sent += part.length;
            } while (sent < content.length);
        }
    }

    private void send(FrameReader frames, String file, int offset, byte[] part) {
        String wanted = Integer.toString(offset + part.length);
        for (int sending = 0; sending < SENDINGS; sending++) {
            int tag = ++tags;
            line.type(ShellScript.put(tag, file, offset, part));
            Optional<String> length = frames.await(tag, "put", PATIENCE).map(ShellFrame::value);
            if (length.isEmpty()) {
                // Either the answer was damaged, or something of the file got lost and its reader waits for more.
                line.type(ShellScript.fillUp(part));
                length = ask(frames, tag, "put", ShellScript.size(tag, file), ASKINGS);
            }
            if (length.map(String::strip).filter(wanted::equals).isPresent()) {
                return;
            }
        }
        throw new IllegalStateException(
                "The console of %s does not take what is typed, last seen: %s".formatted(guest, frames.lastLines()));
    }

    /** Runs the script that has been sent, and kills it with all its children if it runs longer. */
    Run run(Duration deadline) {
        int run = ++tags;
        try (FrameReader frames = frames()) {
            line.type("run %d\n".formatted(run));
            return new Watch(frames, run, deadline).untilItEnds();
        } catch (InterruptedWaitException e) {
            // Nobody waits for it any more, and the next command needs the shell.
            line.typeLater("stop %d\n".formatted(run));
            throw e;
        }
    }

    private FrameReader frames() {
        return new FrameReader(line, id);
    }

    private IllegalStateException lost(FrameReader frames) {
        return new IllegalStateException(
                "The shell on the console of %s does not answer, last seen: %s".formatted(guest, frames.lastLines()));
    }

    /** One run, from its start to its end. */
    private final class Watch {

        private final FrameReader frames;
        private final int run;
        private final Deadline deadline;
        private final Deadline last;
        private int showing;
        private int showings = 1;
        private ShellOutput output = new ShellOutput();
        private Deadline gone = Deadline.in(GONE);
        private Optional<Deadline> killed = Optional.empty();

        Watch(FrameReader frames, int run, Duration deadline) {
            this.frames = frames;
            this.run = run;
            this.deadline = Deadline.in(deadline);
            last = Deadline.in(deadline.plus(SHOWN));
            showing = run;
        }

        // A guest that lies may send frames without end: whatever comes, each deadline is looked at.
        Run untilItEnds() {
            while (true) {
                Optional<ShellFrame> frame = frames.next(patience());
                Optional<Ended> ended =
                        frame.filter(one -> one.tag() == showing).flatMap(this::heard);
                if (ended.isPresent()) {
                    return new Run(ended.get(), killed.isPresent());
                }
                if (frame.isEmpty() && gone.hasPassed()) {
                    throw lost(frames);
                }
                if (last.hasPassed()) {
                    throw late(
                            "what ran has not come to an end %d min after its deadline".formatted(SHOWN.toMinutes()));
                }
                if (killed.isPresent() && killed.get().hasPassed() && output.isEmpty()) {
                    throw late("what ran at its deadline could not be killed");
                }
                if (killed.isEmpty() && deadline.hasPassed() && output.isEmpty()) {
                    killed = Optional.of(Deadline.in(KILLED));
                    line.type("stop %d\n".formatted(run));
                } else if (frame.isEmpty()) {
                    if (killed.isPresent()) {
                        line.type("stop %d\n".formatted(run));
                    }
                    showAgain();
                }
            }
        }

        // What is being shown has time beyond the deadline.
        private Duration patience() {
            return output.isEmpty() ? killed.orElse(deadline).shorter(PATIENCE) : PATIENCE;
        }

        private DeadlineExceededException late(String how) {
            return new DeadlineExceededException("%s: %s, last seen: %s".formatted(guest, how, frames.lastLines()));
        }

        private Optional<Ended> heard(ShellFrame frame) {
            gone = Deadline.in(GONE);
            Optional<Ended> ended = read(frame);
            if (output.length() > MOST_OUTPUT) {
                throw new IllegalStateException(
                        "The console of %s shows more than the %d MiB that are kept of a command"
                                .formatted(guest, (MOST_OUTPUT / 4 * 3) >> 20));
            }
            return ended;
        }

        private Optional<Ended> read(ShellFrame frame) {
            switch (frame.kind()) {
                case "out" -> output.addOut(frame.value());
                case "err" -> output.addErr(frame.value());
                case "end" -> {
                    Optional<Ended> whole = output.whole(frame.value());
                    if (whole.isEmpty()) {
                        showings++;
                        if (showings > SHOWINGS) {
                            throw new IllegalStateException(
                                    "The console of %s damages what a command printed, again and again, last seen: %s"
                                            .formatted(guest, frames.lastLines()));
                        }
                        showAgain();
                    }
                    return whole;
                }
                case "runs" -> {
                    // It will show by itself how it ended.
                    showing = run;
                    output = new ShellOutput();
                }
                default -> {}
            }
            return Optional.empty();
        }

        private void showAgain() {
            showing = ++tags;
            output = new ShellOutput();
            line.type("%sshow %d %d\n".formatted(showings > CALM_FROM ? "calm " : "", showing, run));
        }
    }
}
