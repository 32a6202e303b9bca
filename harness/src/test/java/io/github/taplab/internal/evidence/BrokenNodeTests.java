package io.github.taplab.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Node;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BrokenNodeTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void nodesThatTakeCommandsAreNotBroken() {
        List<Node> nodes = List.of(
                node("guest", Guest.class, () -> exit("guest", 0)),
                node("client", Client.class, () -> exit("client", 1)));

        assertThat(BrokenNode.in(nodes, LONG)).isEmpty();
    }

    @Test
    void theFirstThatIsGoneIsTold() {
        List<Node> nodes =
                List.of(node("client", Client.class, () -> exit("client", 0)), node("other", Client.class, () -> {
                    throw new IllegalStateException("other's container is gone: ended by signal 9");
                }));

        assertThat(BrokenNode.in(nodes, LONG).map(BrokenNode::why))
                .contains("other does not take a command: other's container is gone: ended by signal 9");
    }

    @Test
    void aContainerIsTheCauseOfItsGuestsEnd() {
        List<Node> nodes = List.of(
                node("guest", Guest.class, () -> {
                    throw new IllegalStateException("no answer");
                }),
                node("launcher", Client.class, () -> {
                    throw new IllegalStateException("gone");
                }));

        assertThat(BrokenNode.in(nodes, LONG).map(BrokenNode::why)).contains("launcher does not take a command: gone");
    }

    @Test
    void whoDoesNotAnswerIsBroken() {
        List<Node> nodes = List.of(node("guest", Guest.class, () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return exit("guest", 0);
        }));

        assertThat(BrokenNode.in(nodes, SHORT).map(BrokenNode::why))
                .contains("guest does not take a command: guest is looked at: no answer within 300 ms");
    }

    @Test
    void theVerdictIsNoneOnTheNetworkAndKeepsWhatTheTestSaid() {
        AssertionError failure = new AssertionError("no reply");

        IllegalStateException instead = new BrokenNode("the kernel of guest has given up: panic").instead(failure);

        assertThat(instead)
                .hasMessage("The lab is broken, so this is no verdict on the network: the kernel of guest has given"
                        + " up: panic%nThe assertion that failed: no reply".formatted())
                .hasCause(failure);
    }

    private static CommandResult exit(String node, int code) {
        return new CommandResult(node, List.of("true"), code, "", "", Duration.ZERO);
    }

    private static Node node(String name, Class<? extends Node> type, Supplier<CommandResult> command) {
        return (Node) Proxy.newProxyInstance(
                BrokenNodeTests.class.getClassLoader(), new Class<?>[] {type}, (node, method, arguments) -> {
                    if (method.getName().equals("tryRun")) {
                        return command.get();
                    }
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(node, method, arguments);
                    }
                    return name;
                });
    }
}
