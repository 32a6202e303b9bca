package io.github.taplab.internal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkChangeTests {

    private static final String CHANGE = "ip link set dev eth0 mtu 1280";

    private final Link link = new Link();

    @Test
    void whatWasChangedIsTakenBackOnce() {
        Undo undo = LinkChange.making(link.node(), CHANGE.split(" "));
        assertThat(link.mtu).isEqualTo(1280);

        undo.close();
        undo.close();

        assertThat(link.mtu).isEqualTo(1500);
        assertThat(link.batches).isEqualTo(1);
    }

    @Test
    void whereTheSecondLookFailsTheChangeDoesNotStay() {
        link.failingLook = 2;

        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(() -> LinkChange.making(link.node(), CHANGE.split(" ")))
                .withMessage("look 2 took too long")
                .satisfies(first -> assertThat(first.getSuppressed()).isEmpty());

        assertThat(link.mtu).isEqualTo(1500);
    }

    @Test
    void whereTheWayBackFailsTooThatIsToldBesideTheReason() {
        link.failingLook = 2;
        link.batchWorks = false;

        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(() -> LinkChange.making(link.node(), CHANGE.split(" ")))
                .withMessage("look 2 took too long")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .singleElement()
                        .satisfies(second -> assertThat(second).hasMessage("no batch")));
    }

    /** Its command was cut off at its deadline, and obeyed all the same. */
    @Test
    void aChangeThatMayHaveBeenMadeIsTakenBack() {
        link.changeAnswers = false;

        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(() -> LinkChange.making(link.node(), CHANGE.split(" ")))
                .withMessage("the change took too long");

        assertThat(link.mtu).isEqualTo(1500);
    }

    /** A node with one interface, of which only the MTU changes. */
    private static final class Link {

        private int mtu = 1500;
        private int looks;
        private int failingLook;
        private int batches;
        private boolean batchWorks = true;
        private boolean changeAnswers = true;
        private final RecordingShell shell = new RecordingShell(this::answer);

        private RecordingShell.CommandAnswer answer(String line) {
            if (line.contains(" -j address show")) {
                looks++;
                if (looks == failingLook) {
                    throw new DeadlineExceededException("look %d took too long".formatted(looks));
                }
                return new RecordingShell.CommandAnswer(0, """
                        [{"ifname":"eth0","flags":["UP"],"mtu":%d,"operstate":"UP","address":"02:00:00:00:00:01"}]
                        --
                        --
                        --
                        """.formatted(mtu), "");
            }
            if (line.contains("-batch")) {
                if (!batchWorks) {
                    throw new IllegalStateException("no batch");
                }
                assertThat(line).endsWith("link set dev eth0 mtu 1500");
                batches++;
                mtu = 1500;
            } else {
                assertThat(line).isEqualTo(CHANGE);
                mtu = 1280;
                if (!changeAnswers) {
                    throw new DeadlineExceededException("the change took too long");
                }
            }
            return RecordingShell.SUCCESS;
        }

        Node node() {
            return (Node) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Node.class}, (node, method, arguments) -> {
                        if (method.isDefault()) {
                            return InvocationHandler.invokeDefault(node, method, arguments);
                        }
                        return method.getName().equals("name")
                                ? "client"
                                : shell.tryRun((Duration) arguments[0], (String[]) arguments[1]);
                    });
        }
    }
}
