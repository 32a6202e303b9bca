package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.config.Phases;
import io.github.taplab.internal.node.Station;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Node;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabNodesTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final NodeStarts starts = new NodeStarts(new LabName("org.example.SomeTests"));
    private final LabNodes nodes = new LabNodes(new LabName("org.example.SomeTests"), starts, new Phases());
    private final CompletableFuture<Node> never = new CompletableFuture<>();

    @AfterEach
    void end() {
        starts.interrupt();
    }

    private static Node node() {
        return (Node) Proxy.newProxyInstance(
                Node.class.getClassLoader(), new Class<?>[] {Node.class, Station.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("asked for " + method);
                });
    }

    private static Node failing() {
        throw new IllegalStateException("no such image");
    }

    @Test
    void eachIsStartedOnce() {
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            nodes.joined("client", nodes.begin("client", () -> {
                begun.incrementAndGet();
                return node();
            }));
        }

        assertThat(begun).hasValue(1);
        assertThat(nodes.started("client")).isSameAs(nodes.running().get(0));
    }

    /** Who starts, or has failed to, may be on the network all the same. */
    @Test
    void whoIsOnTheNetworkIsNotKnownWhileOneStarts() {
        nodes.joined("client", nodes.begin("client", LabNodesTests::node));
        assertThat(nodes.known().map(List::size)).contains(1);

        CompletableFuture<Node> starting = nodes.begin("launcher", () -> Waiting.joined("never", LONG, never));
        assertThat(nodes.known().map(List::size)).isEmpty();

        never.completeExceptionally(new IllegalStateException("no such image"));
        assertThatIllegalStateException().isThrownBy(() -> nodes.joined("launcher", starting));
        assertThat(nodes.known().map(List::size)).isEmpty();
    }

    @Test
    void oneWhoseStartHasNotBegunIsNotWaitedFor() {
        assertThatIllegalStateException()
                .isThrownBy(() -> nodes.started("launcher"))
                .withMessage("The lab of org.example.SomeTests has not started its launcher");
    }

    @Test
    void whoWaitsIsToldWhyItDidNotStart() {
        CompletableFuture<Node> begun = nodes.begin("client", LabNodesTests::failing);

        assertThatIllegalStateException()
                .isThrownBy(() -> nodes.joined("client", begun))
                .withMessage("no such image");
    }

    @Test
    void anInterruptedWaitNamesTheLabAndWhereItIs() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> nodes.joined("libvirt of launcher", never))
                .hasMessage("libvirt of launcher of the lab of SomeTests has started, which is at nothing:"
                        + " interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatDidNotStartOrStillStartsDoesNotRun() {
        Node up = node();
        CompletableFuture<Node> broken = nodes.begin("broken", LabNodesTests::failing);
        CompletableFuture<Node> unused = nodes.begin("starting", () -> Waiting.joined("it starts", LONG, never));

        nodes.joined("up", nodes.begin("up", () -> up));

        assertThatIllegalStateException().isThrownBy(() -> nodes.joined("broken", broken));
        assertThat(nodes.running()).singleElement().isSameAs(up);
    }

    @Test
    void ofALabThatCanNotBeWholeNobodyWaitsForTheRest() {
        CompletableFuture<Void> up =
                LabNodes.all(List.of(never, CompletableFuture.failedFuture(new IllegalStateException("no disk"))));

        assertThatThrownBy(() -> Waiting.joined("it is up", LONG, up))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no disk");
    }

    @Test
    void itIsUpWhenAllAre() {
        CompletableFuture<Void> up = LabNodes.all(List.of(never, CompletableFuture.completedFuture(node())));
        assertThat(up).isNotDone();

        never.complete(node());

        assertThat(up).isCompleted();
    }
}
