package io.github.taplab.internal.ring;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last frames of all interfaces of a lab's containers. Each has a ring of its own, and they are asked side by side,
 * within two seconds. That one is missing is a line, and never a failure.
 */
public final class LabRings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LabRings.class);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    // Two thousand frames that are cut, or ten thousand of the smallest.
    private static final int SIZE = 1 << 20;
    private static final List<String> RECORDER = List.of("/usr/lib/taplab/recorder", Integer.toString(SIZE));

    private final boolean on;
    private final Duration patience;
    private final Map<String, FrameRing> rings = new TreeMap<>();
    private boolean closed;

    /**
     * No ring yet.
     *
     * @param on whether there will be any
     */
    public LabRings(boolean on) {
        this(on, ANSWER);
    }

    LabRings(boolean on, Duration patience) {
        this.on = on;
        this.patience = patience;
    }

    /** Begins to record what passes a container's interfaces, and waits for nothing. */
    public void record(String node, LeasedContainer container) {
        if (on) {
            begin(node, () -> Recorder.of(container.open(RECORDER)));
        }
    }

    synchronized void begin(String node, Supplier<Recorder> opener) {
        if (!closed) {
            rings.put(node, FrameRing.begin(node, opener, why -> told(node, why)));
        }
    }

    // With its lab goes its container, and the recorder with that.
    private synchronized void told(String node, String why) {
        if (!closed) {
            LOG.warn("The frames of {} are not kept: {}", node, why);
        }
    }

    /**
     * All frames that passed from a moment on, by this JVM's clock, as far as they are still there; also some that
     * passed so shortly before that nobody can tell.
     *
     * @throws io.github.taplab.command.InterruptedWaitException if this thread is interrupted
     */
    public LabFrames since(Instant moment) {
        Answers<RingContent> answers = ask(ring -> ring.getValue().since(RingMark.START));
        HostClock clock = clock(answers);
        Duration atMost = clock.ahead().minus(clock.roundTrip());
        Predicate<RingFrame> wanted = frame -> !frame.at().minus(atMost).isBefore(moment);
        List<Gap> incomplete = new ArrayList<>(answers.missing);
        List<RingFrame> frames = new ArrayList<>();
        answers.given.forEach((node, content) -> {
            // While an older one is there, none of those is missing.
            boolean allThere =
                    content.frames().stream().findFirst().filter(wanted).isEmpty();
            boolean noneLost = content.lostUntil().minus(atMost).isBefore(moment);
            incomplete.addAll(missing(node, allThere ? 0 : content.overwritten(), noneLost ? 0 : content.lost()));
            content.frames().stream().filter(wanted).forEach(frames::add);
        });
        return sorted(frames, incomplete, clock);
    }

    /** The same for all frames that came after a mark. */
    public LabFrames since(RingMarks marks) {
        Answers<RingContent> answers = ask(ring -> ring.getValue().since(marks.of(ring.getKey())));
        List<Gap> incomplete = new ArrayList<>(answers.missing);
        List<RingFrame> frames = new ArrayList<>();
        answers.given.forEach((node, content) -> {
            incomplete.addAll(missing(node, content.overwritten(), content.lost()));
            frames.addAll(content.frames());
        });
        return sorted(frames, incomplete, clock(answers));
    }

    /**
     * Where the rings are now. Of one that does not answer, all frames are later.
     *
     * @throws io.github.taplab.command.InterruptedWaitException if this thread is interrupted
     */
    public RingMarks marks() {
        return new RingMarks(ask(ring -> ring.getValue().mark()).given);
    }

    // Frames of the same time stay as they passed: the kernel looks at its clock once for one that it hands from an
    // interface to a macvtap.
    private static LabFrames sorted(List<RingFrame> frames, List<Gap> incomplete, HostClock clock) {
        frames.sort(Comparator.comparing(RingFrame::at));
        return new LabFrames(frames, incomplete, clock.ahead());
    }

    /** All have the same clock, and the shortest look is the best. */
    private static HostClock clock(Answers<RingContent> answers) {
        return answers.given.values().stream()
                .map(RingContent::clock)
                .min(Comparator.comparing(HostClock::roundTrip))
                .orElse(new HostClock(Duration.ZERO, Duration.ZERO));
    }

    private static List<Gap> missing(String node, long overwritten, long lost) {
        List<Gap> gaps = new ArrayList<>();
        if (overwritten > 0) {
            gaps.add(Gap.of(
                    node, "%d frames are not kept any more, later ones have taken their place".formatted(overwritten)));
        }
        if (lost > 0) {
            gaps.add(Gap.of(node, "%d frames were not kept, they came faster than they were taken".formatted(lost)));
        }
        return gaps;
    }

    /** What the rings have answered, and a gap for each that has not. */
    private static final class Answers<T> {

        private final Map<String, T> given = new TreeMap<>();
        private final List<Gap> missing = new ArrayList<>();
    }

    private <T> Answers<T> ask(Function<Map.Entry<String, FrameRing>, CompletableFuture<T>> question) {
        long end = System.nanoTime() + patience.toNanos();
        Map<String, CompletableFuture<T>> asked = new TreeMap<>();
        synchronized (this) {
            rings.entrySet().forEach(ring -> asked.put(ring.getKey(), question.apply(ring)));
        }
        Answers<T> answers = new Answers<>();
        if (!on) {
            answers.missing.add(new Gap(Optional.empty(), "nothing is kept, since taplab.rings is off"));
        }
        asked.forEach((node, answer) -> {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            try {
                answers.given.put(node, Waiting.joined("the rings of a lab answer", left, answer));
            } catch (DeadlineExceededException e) {
                answers.missing.add(
                        Gap.of(node, "its ring does not answer within %d ms".formatted(patience.toMillis())));
            } catch (IllegalStateException e) {
                answers.missing.add(Gap.of(node, String.valueOf(e.getMessage())));
            }
        });
        return answers;
    }

    /** Has all recorders end; it waits for nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        rings.values().forEach(FrameRing::close);
    }
}
