package io.github.taplab.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.node.Client;
import io.github.taplab.node.Node;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenAtStartTests {

    private static final Node NODE = (Node) Proxy.newProxyInstance(
            SeenAtStartTests.class.getClassLoader(), new Class<?>[] {Client.class}, (node, method, arguments) -> {
                if (method.getName().equals("name")) {
                    return "here";
                }
                throw new IllegalStateException("gone");
            });

    private static Evidence look() {
        return new Evidence(List.of(), Evidence.look(List.of(NODE)), Packets.NONE);
    }

    @Test
    void whatWasSeenComesWithTheFailure() {
        IllegalStateException failure = new IllegalStateException("does not boot");
        SeenAtStart.addTo(failure, SeenAtStartTests::look);

        assertThat(SeenAtStart.in(new IllegalStateException("by who waited", failure))
                        .orElseThrow()
                        .text())
                .contains("== here: links", "can't be looked at: gone");
        assertThat(failure).hasMessage("does not boot");
    }

    @Test
    void ofAnInterruptedStartNobodyWantsToKnow() {
        InterruptedWaitException failure = new InterruptedWaitException("the lab is up", new InterruptedException());
        SeenAtStart.addTo(failure, SeenAtStartTests::look);

        assertThat(failure.getSuppressed()).isEmpty();
    }

    /** Where not even the first node ran, the timeline has how far it came. */
    @Test
    void ofALabWithoutNodesItsTimelineIsSeen() {
        IllegalStateException failure = new IllegalStateException("no engine");
        SeenAtStart.addTo(
                failure,
                () -> new Evidence(
                        List.of(new Section("timeline", "launcher, given up")),
                        Evidence.look(List.of()),
                        Packets.NONE));

        assertThat(SeenAtStart.in(failure).orElseThrow().text()).contains("== timeline", "launcher, given up");
    }

    @Test
    void causesMayGoRoundInACircle() {
        IllegalStateException one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("other", one));

        assertThat(SeenAtStart.in(one)).isEmpty();
    }
}
