package io.github.taplab.assertions;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.PassedFrames.CLIENT;
import static io.github.taplab.assertions.PassedFrames.CLIENT_MAC;
import static io.github.taplab.assertions.PassedFrames.GUEST;
import static io.github.taplab.assertions.PassedFrames.GUEST_IP;
import static io.github.taplab.assertions.PassedFrames.GUEST_MAC;
import static io.github.taplab.assertions.PassedFrames.LAUNCHER;
import static io.github.taplab.assertions.PassedFrames.LAUNCHER_MAC;
import static io.github.taplab.assertions.PassedFrames.THIRD;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.FrameKind;
import io.github.taplab.capture.IncompleteCaptureException;
import io.github.taplab.capture.Traffic;
import io.github.taplab.spec.MacAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A way that is told whole, and what is no verdict. What each assertion says is in {@link EveryAssertionTests}. */
class TrafficAssertTests {

    private static final FrameKind QUESTION = FrameKind.questionFor(GUEST_IP);
    private static final FrameKind ANSWER = FrameKind.answerFor(GUEST_IP);
    private static final FrameKind ECHO = FrameKind.echoRequestTo(GUEST_IP);
    private static final String GAP = "launcher: 7 frames are not kept any more, later ones have taken their place";

    @Test
    void tellsAPing() {
        assertThat(new PassedFrames().question().answer().echo().whole())
                .hasQuestionsFor(GUEST_IP, CLIENT_MAC)
                .hasAnswersFor(GUEST_IP, GUEST_MAC)
                .hasPassed(QUESTION.to(MacAddress.BROADCAST), CLIENT, LAUNCHER, GUEST)
                .hasPassed(QUESTION, CLIENT, THIRD)
                .hasPassed(ANSWER.from(GUEST_MAC).to(CLIENT_MAC), GUEST, LAUNCHER, CLIENT)
                .hasPassedBefore(QUESTION, CLIENT, ANSWER, GUEST)
                .hasPassedBefore(ANSWER, CLIENT, ECHO, CLIENT)
                .hasPassed(ECHO, CLIENT, LAUNCHER, GUEST)
                .hasPassedTimes(1, ECHO, GUEST)
                .hasNotPassed(ECHO, THIRD)
                .hasNotPassed(ANSWER.from(LAUNCHER_MAC), CLIENT, LAUNCHER, GUEST, THIRD);
    }

    /** Two frames of a kind, of which one is lost, are not one that passed both. */
    @Test
    void theWayIsThatOfOneFrame() {
        Traffic seen = new PassedFrames()
                .out("client/eth0", PassedFrames.echoRequest(1))
                .in("launcher/eth0", PassedFrames.echoRequest(2))
                .whole();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(seen).hasPassed(ECHO, CLIENT, LAUNCHER))
                .withMessageContaining("at eth0 of client, and then not at eth0 of launcher");
    }

    @Test
    void theWayHasADirection() {
        Traffic seen = new PassedFrames().lostEcho().whole();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(seen).hasPassed(ECHO, LAUNCHER, CLIENT))
                .withMessageContaining("at eth0 of launcher, and then not at eth0 of client");
    }

    /** The first one is lost, and the second one is not. */
    @Test
    void oneFrameThatCameThroughIsEnough() {
        assertThat(new PassedFrames()
                        .lostEcho()
                        .out("client/eth0", PassedFrames.echoRequest(2))
                        .in("launcher/eth0", PassedFrames.echoRequest(2))
                        .in("launcher/macvtap0", PassedFrames.echoRequest(2))
                        .whole())
                .hasPassed(ECHO, CLIENT, LAUNCHER, GUEST);
    }

    @Test
    void oneFrameIsNotBeforeItself() {
        Traffic seen =
                new PassedFrames().out("client/eth0", PassedFrames.QUESTION).whole();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(seen).hasPassedBefore(QUESTION, CLIENT, QUESTION, CLIENT));
    }

    @Test
    void whoAnsweredIsWhomTheAnswerNames() {
        EthernetFrame forged = EthernetFrame.of(
                LAUNCHER_MAC,
                CLIENT_MAC,
                PassedFrames.ANSWER.etherType(),
                Arrays.copyOfRange(PassedFrames.ANSWER.bytes(), 14, 42));

        assertThat(new PassedFrames().in("client/eth0", forged).whole())
                .hasAnswersFor(GUEST_IP, GUEST_MAC)
                .hasPassed(ANSWER.from(LAUNCHER_MAC), CLIENT);
    }

    @Test
    void ofManyTheFirstTwentyAreTold() {
        PassedFrames passed = new PassedFrames();
        for (int i = 0; i < 23; i++) {
            passed.in("launcher/eth0", PassedFrames.echoRequest(i));
        }

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(passed.whole()).hasNotPassed(ECHO, LAUNCHER))
                .satisfies(failure -> assertThat(
                                String.valueOf(failure.getMessage()).lines())
                        .hasSize(1 + 1 + 21 + 21)
                        .endsWith("            and 3 more"));
    }

    static Stream<Arguments> whatNeedsAll() {
        Traffic question =
                new PassedFrames().out("client/eth0", PassedFrames.QUESTION).withGap();
        Traffic answer =
                new PassedFrames().in("client/eth0", PassedFrames.ANSWER).withGap();
        Traffic lost = new PassedFrames().lostEcho().withGap();
        String ofLab = "of the lab";
        String ofLauncher = "of launcher";
        return Stream.of(
                noVerdict(
                        question,
                        a -> a.hasQuestionsFor(GUEST_IP, CLIENT_MAC),
                        ofLab,
                        "question for 198.18.9.5 from %s and from nobody else".formatted(CLIENT_MAC)),
                noVerdict(answer, a -> a.hasNoQuestionFor(GUEST_IP), ofLab, "no question for 198.18.9.5"),
                noVerdict(
                        answer,
                        a -> a.hasAnswersFor(GUEST_IP, GUEST_MAC, LAUNCHER_MAC),
                        ofLab,
                        "answer for 198.18.9.5 from %s and from %s and from nobody else"
                                .formatted(LAUNCHER_MAC, GUEST_MAC)),
                noVerdict(question, a -> a.hasNoAnswerFor(GUEST_IP), ofLab, "no answer for 198.18.9.5"),
                noVerdict(
                        lost,
                        a -> a.hasPassed(ECHO, CLIENT, GUEST),
                        ofLauncher,
                        "echo request to 198.18.9.5 at eth0 of client, and then at macvtap0 of launcher (guest)"),
                noVerdict(
                        lost,
                        a -> a.hasNotPassed(ECHO, GUEST),
                        ofLauncher,
                        "no echo request to 198.18.9.5 at macvtap0 of launcher (guest)"),
                noVerdict(
                        lost,
                        a -> a.hasPassedTimes(1, ECHO, LAUNCHER),
                        ofLauncher,
                        "1 × echo request to 198.18.9.5 at eth0 of launcher"),
                noVerdict(
                        lost,
                        a -> a.hasPassedBefore(ECHO, LAUNCHER, ECHO, GUEST),
                        ofLauncher,
                        "echo request to 198.18.9.5 at eth0 of launcher, "
                                + "and later echo request to 198.18.9.5 at macvtap0 of launcher (guest)"));
    }

    private static Arguments noVerdict(Traffic seen, Consumer<TrafficAssert> assertion, String where, String asked) {
        return Arguments.of(seen, assertion, where, asked);
    }

    @ParameterizedTest
    @MethodSource("whatNeedsAll")
    void whereAFrameMayBeMissingItIsNoVerdict(
            Traffic seen, Consumer<TrafficAssert> assertion, String where, String asked) {
        assertThatExceptionOfType(IncompleteCaptureException.class)
                .isThrownBy(() -> assertion.accept(assertThat(seen)))
                .withMessage("What passed the interfaces %s may not all have been seen: %s%nasked for: %s"
                        .formatted(where, GAP, asked));
        assertThatExceptionOfType(IncompleteCaptureException.class)
                .isThrownBy(() -> assertion.accept(new LabSoftAssertions().assertThat(seen)));
    }

    @Test
    void whatWasSeenIsAVerdictAlsoThen() {
        assertThat(new PassedFrames().question().answer().echo().withGap())
                .hasPassed(ECHO, CLIENT, LAUNCHER, GUEST)
                .hasPassedBefore(QUESTION, CLIENT, ANSWER, GUEST);
        for (Consumer<TrafficAssert> assertion : List.<Consumer<TrafficAssert>>of(
                a -> a.hasQuestionsFor(GUEST_IP, LAUNCHER_MAC),
                a -> a.hasNoQuestionFor(GUEST_IP),
                a -> a.hasAnswersFor(GUEST_IP, LAUNCHER_MAC),
                a -> a.hasNoAnswerFor(GUEST_IP),
                a -> a.hasNotPassed(ECHO, GUEST),
                a -> a.hasPassedTimes(0, ECHO, GUEST))) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertion.accept(assertThat(
                            new PassedFrames().question().answer().echo().withGap())));
        }
    }

    /** What is missing of another node leaves a node's own verdicts alone. */
    @Test
    void aNodeWithoutAGapIsKnown() {
        Traffic seen = new PassedFrames().question().withGap();

        assertThat(seen).hasNotPassed(ECHO, CLIENT, THIRD).hasPassedTimes(1, QUESTION, THIRD);
    }

    @Test
    void nothingIsKnownOfANodeThatWasNotListenedTo() {
        Traffic seen = new Traffic(List.of(), Set.of("client"), List.of());

        assertThatExceptionOfType(IncompleteCaptureException.class)
                .isThrownBy(() -> assertThat(seen).hasNotPassed(ECHO, CLIENT, THIRD))
                .withMessage("What passed the interfaces of third may not all have been seen: it was not listened to, "
                        + "or not from the beginning on%nasked for: no echo request to 198.18.9.5 at eth0 of client "
                                .formatted()
                        + "or eth0 of third");
    }

    @Test
    void questionsAndAnswersOfNobodyInParticularAreRefused() {
        TrafficAssert any = assertThat(new PassedFrames().whole());
        for (Consumer<TrafficAssert> call :
                List.<Consumer<TrafficAssert>>of(a -> a.hasQuestionsFor(GUEST_IP), a -> a.hasAnswersFor(GUEST_IP))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> call.accept(any))
                    .withMessage("From whom? At least one MAC address must be given, found none");
        }
    }
}
