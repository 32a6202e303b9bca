package io.github.taplab.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rings whose recorders are the tests'. */
@Timeout(20)
class LabRingsTests {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    private final LabRings rings = new LabRings(true, Duration.ofSeconds(5));
    private final FakeRecorder client = new FakeRecorder();
    private final FakeRecorder launcher = new FakeRecorder();

    private void begin() {
        rings.begin("launcher", () -> launcher);
        rings.begin("client", () -> client);
    }

    @AfterEach
    void close() {
        rings.close();
    }

    /** What is returned while two recorders answer, in any order. */
    private <T> T answered(Function<LabRings, T> question, byte[] ofClient, byte[] ofLauncher) {
        Beside<T> asking = Beside.begin("asks", () -> question.apply(rings));
        assertThat(client.hears()).isNotNull();
        assertThat(launcher.hears()).isNotNull();
        launcher.says(ofLauncher);
        client.says(ofClient);
        return Waiting.joined("the rings answer", SOON, asking.result());
    }

    @Test
    void theFramesOfAllNodesComeByTheirTime() {
        begin();

        LabFrames frames = answered(
                all -> all.since(Instant.EPOCH),
                Answers.answer(Instant.now(), 2, 0, 0, T, T.plusNanos(3)),
                Answers.answer(Instant.now(), 2, 0, 0, T.plusNanos(1), T.plusNanos(2)));

        assertThat(frames.frames())
                .extracting(RingFrame::node)
                .containsExactly("client", "launcher", "launcher", "client");
        assertThat(frames.frames()).extracting(RingFrame::link).containsOnly("eth0");
        assertThat(frames.incomplete()).isEmpty();
    }

    @Test
    void framesFromAMomentOnAreThoseByThisClock() {
        begin();
        Instant moment = Instant.now();
        // Of the host, which is an hour ahead.
        Instant there = moment.plusSeconds(3600);

        LabFrames frames = answered(
                all -> all.since(moment),
                Answers.answer(there, 2, 0, 0, there.minusSeconds(60), there.plusSeconds(1)),
                Answers.answer(there, 0, 0, 0));

        assertThat(frames.frames()).extracting(RingFrame::at).containsExactly(there.plusSeconds(1));
        assertThat(frames.hostAhead()).isBetween(Duration.ofSeconds(3590), Duration.ofSeconds(3610));
    }

    @Test
    void aClockThatMayBeTheSameOneIs() {
        assertThat(HostClock.between(T, T.plusNanos(40), T.plusNanos(40)).ahead())
                .isZero();
        assertThat(HostClock.between(T, T.plusNanos(41), T.plusNanos(40)))
                .isEqualTo(new HostClock(Duration.ofNanos(21), Duration.ofNanos(40)));
        assertThat(HostClock.between(T, T.minusNanos(1), T.plusNanos(40)).ahead())
                .isEqualTo(Duration.ofNanos(-21));
    }

    @Test
    void whatIsMissingIsSaid() {
        begin();

        LabFrames frames = answered(
                all -> all.since(Instant.EPOCH),
                Answers.answer(Instant.now(), 12, 10, 0, T, T),
                Answers.answer(Instant.now(), 0, 0, 3));

        assertThat(frames.frames()).hasSize(2);
        assertThat(frames.incomplete())
                .map(Gap::toString)
                .containsExactly(
                        "client: 10 frames are not kept any more, later ones have taken their place",
                        "launcher: 3 frames were not kept, they came faster than they were taken");
    }

    @Test
    void whileAnOlderFrameIsThereNoneIsMissing() {
        begin();

        LabFrames frames = answered(
                all -> all.since(T.plusSeconds(5)),
                Answers.answer(Instant.now(), 12, 10, 0, T, T.plusSeconds(9)),
                Answers.answer(Instant.now(), 0, 0, 0));

        assertThat(frames.frames()).extracting(RingFrame::at).containsExactly(T.plusSeconds(9));
        assertThat(frames.incomplete()).isEmpty();
    }

    @Test
    void whatWasLostBeforeThatMomentIsNotMissing() {
        begin();

        LabFrames frames = answered(
                all -> all.since(T.plusSeconds(5)),
                Answers.answerWithLoss(Instant.now(), 3, T.plusSeconds(4), T, T.plusSeconds(9)),
                Answers.answerWithLoss(Instant.now(), 3, T.plusSeconds(6)));

        assertThat(frames.incomplete())
                .map(Gap::toString)
                .containsExactly("launcher: 3 frames were not kept, they came faster than they were taken");
    }

    @Test
    void sinceAMarkThereIsWhatCameThen() {
        begin();
        RingMarks marks = answered(
                LabRings::marks, Answers.answer(Instant.now(), 12, 10, 5), Answers.answer(Instant.now(), 0, 0, 0));

        Beside<LabFrames> asking = Beside.begin("asks", () -> rings.since(marks));
        assertThat(client.hears()).isEqualTo("dump 12");
        client.says(Answers.answer(Instant.now(), 15, 14, 7, T));
        assertThat(launcher.hears()).isEqualTo("dump 0");
        launcher.says(Answers.answer(Instant.now(), 0, 0, 0));
        LabFrames frames = Waiting.joined("the rings answer", SOON, asking.result());

        assertThat(frames.frames()).extracting(RingFrame::node).containsExactly("client");
        assertThat(frames.incomplete())
                .map(Gap::toString)
                .containsExactly(
                        "client: 2 frames are not kept any more, later ones have taken their place",
                        "client: 2 frames were not kept, they came faster than they were taken");
    }

    @Test
    void oneThatIsSilentIsALineAndItsLateAnswerDisturbsNobody() {
        begin();
        Beside<LabFrames> asking = Beside.begin("asks", () -> rings.since(Instant.EPOCH));
        assertThat(client.hears()).isEqualTo("dump 0");
        client.says(Answers.answer(Instant.now(), 1, 0, 0, T));
        LabFrames frames = Waiting.joined("the rings answer", SOON, asking.result());

        assertThat(frames.frames()).hasSize(1);
        assertThat(frames.incomplete())
                .map(Gap::toString)
                .containsExactly("launcher: its ring does not answer within 5000 ms");

        assertThat(launcher.hears()).isEqualTo("dump 0");
        launcher.says(Answers.answer(Instant.now(), 0, 0, 0));
        assertThat(answered(
                                all -> all.since(Instant.EPOCH),
                                Answers.answer(Instant.now(), 1, 0, 0, T),
                                Answers.answer(Instant.now(), 2, 0, 0, T, T))
                        .frames())
                .hasSize(3);
    }

    @Test
    void oneThatEndsIsALineWithItsLastWords() {
        begin();
        launcher.ends("AF_PACKET: Operation not permitted");
        client.ends("");

        for (int again = 0; again < 2; again++) {
            assertThat(rings.since(Instant.EPOCH).incomplete())
                    .map(Gap::toString)
                    .containsExactly(
                            "client: its recorder has ended",
                            "launcher: its recorder has ended and said: AF_PACKET: Operation not permitted");
        }
    }

    @Test
    void oneThatDoesNotStartIsALine() {
        rings.begin("client", () -> {
            throw new IllegalStateException("Container client ended before it started it");
        });

        assertThat(rings.since(Instant.EPOCH).incomplete())
                .map(Gap::toString)
                .containsExactly("client: its recorder did not start: Container client ended before it started it");
    }

    @Test
    void oneThatIsNotUnderstoodIsALineAndEnds() {
        begin();

        LabFrames frames = answered(
                all -> all.since(Instant.EPOCH),
                Answers.answer(Instant.now(), 2, 0, 0, T),
                "rubbish\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(frames.incomplete())
                .map(Gap::toString)
                .containsExactly(
                        "client: its recorder can't be understood: 1 frames came instead of 2",
                        "launcher: its recorder can't be understood: It is no answer: \"rubbish\"");
        assertThat(client.hears()).isNull();
    }

    @Test
    void oneThatAnswersUnaskedIsNotUnderstood() {
        client.says(Answers.answer(Instant.now(), 0, 0, 0));
        rings.begin("client", () -> client);
        assertThat(client.hears()).isNull();

        assertThat(rings.since(Instant.EPOCH).incomplete())
                .map(Gap::toString)
                .containsExactly("client: its recorder can't be understood: It answers without having been asked");
    }

    @Test
    void aLineWithoutAnEndIsNotReadForEver() {
        begin();

        LabFrames frames =
                answered(all -> all.since(Instant.EPOCH), new byte[201], Answers.answer(Instant.now(), 0, 0, 0));

        assertThat(frames.incomplete())
                .map(Gap::toString)
                .containsExactly("client: its recorder can't be understood: A line has more than 200 bytes");
    }

    @Test
    void oneThatIsAskedBeforeItHasStartedAnswersThen() {
        CountDownLatch start = new CountDownLatch(1);
        rings.begin("client", () -> {
            try {
                start.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return client;
        });
        Beside<LabFrames> asking = Beside.begin("asks", () -> rings.since(Instant.EPOCH));
        start.countDown();
        assertThat(client.hears()).isEqualTo("dump 0");
        client.says(Answers.answer(Instant.now(), 1, 0, 0, T));

        assertThat(Waiting.joined("the rings answer", SOON, asking.result()).frames())
                .hasSize(1);
    }

    @Test
    void anInterruptEndsTheWaitAndNoRing() {
        begin();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> rings.since(Instant.EPOCH)).isInstanceOf(InterruptedWaitException.class);

        assertThat(Thread.interrupted()).isTrue();
        byte[] nothing = Answers.answer(Instant.now(), 0, 0, 0);
        assertThat(client.hears()).isEqualTo("dump 0");
        assertThat(launcher.hears()).isEqualTo("dump 0");
        client.says(nothing);
        launcher.says(nothing);
        assertThat(answered(all -> all.since(Instant.EPOCH), nothing, nothing).incomplete())
                .map(Gap::toString)
                .isEmpty();
    }

    @Test
    void closingEndsTheRecordersAndLetsNoneBegin() {
        begin();
        rings.close();

        assertThat(client.hears()).isNull();
        assertThat(launcher.hears()).isNull();
        rings.begin("gateway", () -> {
            throw new AssertionError("it begins");
        });
        assertThat(rings.since(Instant.EPOCH).incomplete()).hasSize(2);
    }

    @Test
    void wherePeopleWantNoneThereIsNone() {
        assertThat(new LabRings(false).since(Instant.EPOCH).incomplete())
                .map(Gap::toString)
                .containsExactly("nothing is kept, since taplab.rings is off");
    }
}
