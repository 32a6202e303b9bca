package io.github.taplab.internal.capture;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.IncompleteCaptureException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.docker.ByteStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a test asks of a recording of tcpdump's, and the verdicts on it. */
public final class TcpdumpCapture implements Capture {

    private static final Duration PROOF = Duration.ofSeconds(10);
    private static final Duration LAST_PROOF = Duration.ofSeconds(5);
    private static final int MOST_LISTED = 50;

    private final String place;
    private final Recording recording;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TcpdumpCapture(String place, Recording recording) {
        this.place = place;
        this.recording = recording;
    }

    /** Starts to record; recording has begun when this returns. */
    public static Capture start(String node, String link, String filter, Function<List<String>, ByteStream> opener) {
        if (link.equals("any")) {
            throw new IllegalArgumentException(
                    "A capture is of one Ethernet interface of %s, found any, which stands for all".formatted(node));
        }
        ByteStream stream = opener.apply(CaptureProcess.command(link, argv(link, filter)));
        String place = link + " on " + node;
        return new TcpdumpCapture(place, Recording.begin(place, stream));
    }

    // -p: promiscuous mode would make an interface take in frames that it drops otherwise, and so change what is
    // observed.
    // -U and immediate mode: each packet at once. The file's header is written when the socket listens: its arrival
    // says that recording began.
    static List<String> argv(String link, String filter) {
        List<String> argv = new ArrayList<>(
                List.of("tcpdump", "-p", "-U", "--immediate-mode", "-n", "-s", "256", "-i", link, "-w", "-"));
        if (!filter.isBlank()) {
            argv.add("%s or (%s)".formatted(Marker.FILTER, filter));
        }
        return argv;
    }

    @Override
    public List<Frame> frames() {
        try {
            recording.prove(PROOF);
        } catch (NotWholeException e) {
            throw incomplete(e.reason(), "");
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("all frames on " + place, e);
        }
        return recording.frames();
    }

    @Override
    public Frame await(String what, Predicate<Frame> wanted, Duration deadline) {
        long until = System.nanoTime() + deadline.toNanos();
        int next = 0;
        try {
            for (; recording.isThere(next, until); next++) {
                Frame frame = recording.frame(next);
                if (wanted.test(frame)) {
                    return frame;
                }
            }
            // That there was none is a verdict too.
            recording.prove(PROOF);
        } catch (NotWholeException e) {
            throw incomplete(
                    e.reason(), "%nwaited for: %s%nseen until then:%n%s".formatted(what, listed(recording.frames())));
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("a frame on %s: %s".formatted(place, what), e);
        }
        List<Frame> all = recording.frames();
        return all.stream()
                .skip(next)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No frame on %s within %d ms: %s%nseen instead:%n%s"
                        .formatted(place, deadline.toMillis(), what, listed(all))));
    }

    @Override
    public void assertNone(String what, Predicate<Frame> unwanted) {
        String missed = null;
        try {
            recording.prove(PROOF);
        } catch (NotWholeException e) {
            missed = e.reason();
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("proof that no frame passed %s: %s".formatted(place, what), e);
        }
        List<Frame> found = recording.frames().stream().filter(unwanted).toList();
        // One that was seen is a verdict, whatever else was missed.
        if (!found.isEmpty()) {
            throw new AssertionError(
                    "Frames on %s where there should be none: %s%nseen:%n%s".formatted(place, what, listed(found)));
        }
        if (missed != null) {
            throw incomplete(missed, "%nasked for: no %s".formatted(what));
        }
    }

    private IncompleteCaptureException incomplete(String reason, String question) {
        return new IncompleteCaptureException(
                "The capture on %s may have missed frames: %s%s".formatted(place, reason, question));
    }

    private static String listed(List<Frame> frames) {
        if (frames.isEmpty()) {
            return "  nothing";
        }
        String shown =
                frames.stream().limit(MOST_LISTED).map(frame -> "  " + frame).collect(Collectors.joining("\n"));
        return frames.size() <= MOST_LISTED ? shown : shown + "\n  and %d more".formatted(frames.size() - MOST_LISTED);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        String missed = null;
        try {
            recording.prove(LAST_PROOF);
        } catch (NotWholeException e) {
            missed = e.reason();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missed = "the thread that closed it was interrupted";
        }
        try {
            recording.end(missed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
