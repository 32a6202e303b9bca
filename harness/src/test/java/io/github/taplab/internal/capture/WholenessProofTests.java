package io.github.taplab.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The proof of a process that answers at once, or not at all. */
class WholenessProofTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    // Shorter than the time to the next marker; with 20 ms a busy machine had sent none.
    private static final Duration SHORT = Duration.ofMillis(400);

    private final Recorded process = new Recorded();
    private final WholenessProof proof = new WholenessProof(new Monitor(), process);

    private final class Recorded implements WholenessProof.Subject {

        private PacketLoss loss = new PacketLoss(0, 0);
        private int lost;
        private boolean swaps;
        private int deaf;
        private boolean counts = true;
        private boolean endsWhenAsked;
        private @Nullable String cannotSend;
        private boolean carrier = true;
        private int sent;
        private boolean ended;
        private @Nullable String flaw;

        @Override
        public void mark(Marker marker) {
            sent++;
            if (cannotSend != null) {
                proof.notSent(cannotSend);
                return;
            }
            proof.sent(carrier);
            if (sent > lost) {
                proof.recorded(swaps ? Marker.fresh() : marker);
            }
        }

        @Override
        public void count() {
            ended = endsWhenAsked;
            deaf--;
            if (counts && deaf < 0) {
                proof.counted(loss);
            }
        }

        @Override
        public boolean hasEnded() {
            return ended;
        }

        @Override
        public @Nullable String flaw() {
            return flaw;
        }
    }

    private ThrowingCallable proving(Duration deadline) {
        return () -> proof.prove(deadline);
    }

    private void assertNotWhole(Duration deadline, String reason) {
        assertThatThrownBy(proving(deadline))
                .isInstanceOf(NotWholeException.class)
                .hasMessage(reason);
    }

    @Test
    void aMarkerThatIsRecordedAndNoLossAreAProof() {
        assertThatCode(proving(SOON)).doesNotThrowAnyException();
        assertThat(process.sent).isEqualTo(1);
    }

    @Test
    void eachProofNeedsAMarkerOfItsOwn() {
        assertThatCode(proving(SOON)).doesNotThrowAnyException();
        process.lost = Integer.MAX_VALUE;

        assertNotWhole(
                SHORT,
                "it recorded none of the 1 marker frames that it sent within 400 ms: tcpdump is stuck, or they got lost before they left");
    }

    @Test
    void aMarkerThatGotLostIsFollowedByAnother() {
        process.lost = 1;

        assertThatCode(proving(SOON)).doesNotThrowAnyException();
        assertThat(process.sent).isEqualTo(2);
    }

    @Test
    void theMarkerOfAnotherCaptureIsNone() {
        process.swaps = true;

        assertNotWhole(
                SHORT,
                "it recorded none of the 1 marker frames that it sent within 400 ms: tcpdump is stuck, or they got lost before they left");
    }

    @Test
    void whereNoMarkerCanBeSentNothingIsWaitedFor() {
        process.cannotSend = "No such device";

        assertNotWhole(SOON, "the interface can't send a marker frame: No such device");
    }

    @Test
    void withoutACarrierAMarkerDoesNotLeave() {
        process.lost = 1;
        process.carrier = false;

        assertNotWhole(SOON, "the interface can't send a marker frame: it is down or has no carrier");
    }

    /** As an interface that loops its frames back to itself has none. */
    @Test
    void aMarkerThatIsRecordedNeedsNoCarrier() {
        process.carrier = false;

        assertThatCode(proving(SOON)).doesNotThrowAnyException();
    }

    @Test
    void aLossIsTold() {
        process.loss = new PacketLoss(3, 1);

        assertNotWhole(
                SOON,
                "3 packets dropped by the kernel, since tcpdump did not read them in time, and 1 by the interface");
    }

    @Test
    void whoDoesNotHearTheFirstTimeIsAskedAgain() {
        process.deaf = 1;

        assertThatCode(proving(SOON)).doesNotThrowAnyException();
    }

    @Test
    void countersThatDoNotComeAreNoProof() {
        process.counts = false;

        assertNotWhole(
                SHORT, "tcpdump did not tell how many packets it lost within 400 ms, though it was asked 1 times");
    }

    @Test
    void theLossOfAnEarlierProofIsNoAnswer() {
        assertThatCode(proving(SOON)).doesNotThrowAnyException();
        process.counts = false;

        assertNotWhole(
                SHORT, "tcpdump did not tell how many packets it lost within 400 ms, though it was asked 1 times");
    }

    @Test
    void anEndInTheMiddleOfAProofIsTold() {
        process.endsWhenAsked = true;

        assertNotWhole(SOON, "it was closed at the same time");
    }

    @Test
    void whatHasEndedInOrderWasProvedThen() {
        process.ended = true;

        assertThatCode(proving(SOON)).doesNotThrowAnyException();
        assertThat(process.sent).isZero();
    }

    @Test
    void aFlawStays() {
        process.ended = true;
        process.flaw = "tcpdump ended by signal 9 and said nothing";

        assertNotWhole(SOON, "tcpdump ended by signal 9 and said nothing");
        assertNotWhole(SOON, "tcpdump ended by signal 9 and said nothing");
        assertThat(process.sent).isZero();
    }
}
