package io.github.taplab.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AgentEventsTests {

    private final AgentEvents events = new AgentEvents();

    @Test
    void whoRestartsAgainAndAgainIsNotWaitedFor() {
        for (int restart = 0; restart < 4; restart++) {
            events.restarted();
        }
        assertThat(events.first()).isNotDone();

        events.restarted();

        assertThat(events.first())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("the guest has restarted 5 times without an agent");
    }

    @Test
    void restartsCountFromTheLastTimeThatTheAgentWasThere() {
        for (int restart = 0; restart < 4; restart++) {
            events.restarted();
        }
        events.connected();
        assertThat(events.next()).isNotDone();
        events.restarted();

        assertThat(events.first()).isNotDone();
    }

    @Test
    void newsOfTheLastSystemIsNoneOfTheNext() {
        events.connected();
        CompletableFuture<Void> back = events.nextSystem();

        // A daemon may tell twice that an agent is there, and late.
        events.connected();
        assertThat(back).isNotDone();

        events.restarted();
        assertThat(back).isNotDone();
        events.connected();
        assertThat(back).isCompleted();
    }

    @Test
    void theNextTimeIsNoOtherSystem() {
        events.connected();
        CompletableFuture<Void> back = events.next();
        events.connected();

        assertThat(back).isCompleted();
    }

    /** A reboot that was broken off may have told the guest nothing, and a lab that goes back has no other system. */
    @Test
    void whoAsksForTheNextTimeWaitsForNoOtherSystem() {
        events.connected();
        CompletableFuture<Void> brokenOff = events.nextSystem();

        CompletableFuture<Void> back = events.next();
        events.connected();

        assertThat(back).isCompleted();
        assertThat(brokenOff).isNotDone();
    }

    @Test
    void nothingComesAfterTheEnd() {
        events.connected();
        events.ended("killed");

        assertThat(events.first()).isCompletedExceptionally();
        assertThat(events.next()).isCompletedExceptionally();
        assertThat(events.nextSystem()).isCompletedExceptionally();
    }

    @Test
    void whoLetsGoOfThePortIsLeaving() {
        events.connected();
        CompletableFuture<Void> back = events.nextSystem();
        assertThat(events.leaving()).isNotDone();

        events.disconnected();

        assertThat(events.leaving()).isCompleted();
        assertThat(back).isNotDone();
    }

    @Test
    void whoHasStartedAnewHasLeft() {
        CompletableFuture<Void> unused = events.nextSystem();

        events.restarted();

        assertThat(events.leaving()).isCompleted();
    }

    @Test
    void thatTheLastOneHasLeftIsNoNewsOfTheNext() {
        events.disconnected();

        CompletableFuture<Void> unused = events.nextSystem();

        assertThat(events.leaving()).isNotDone();
    }

    @Test
    void whoEndsItsAgentLeavesWhateverThatHasSaid() {
        CompletableFuture<Void> back = events.nextSystem();
        events.disconnected();

        assertThat(events.leavesAllTheSame("guest")).isTrue();
        assertThat(back).isNotDone();
    }

    @Test
    void whoEndsAltogetherHasLeftToo() {
        CompletableFuture<Void> back = events.nextSystem();
        events.ended("killed");

        assertThat(events.leavesAllTheSame("guest")).isTrue();
        assertThat(back).isCompletedExceptionally();
    }

    @Test
    void whoStaysIsThere() {
        events.connected();
        CompletableFuture<Void> back = events.nextSystem();

        events.stays();

        assertThat(back).isCompleted();
        assertThat(events.next()).isNotDone();
        events.connected();
        assertThat(events.first()).isCompleted();
    }
}
