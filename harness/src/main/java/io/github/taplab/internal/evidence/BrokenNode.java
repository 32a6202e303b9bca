package io.github.taplab.internal.evidence;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.guest.GuestHandle;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Node;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A node that has ended, given up or does not answer. An assertion that fails in its lab says nothing of the network:
 * who asks a dead guest gets no answer either.
 *
 * @param why what happened to it, and where
 */
public record BrokenNode(String why) {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** Looks at every node that runs, and stops at the first that is broken. */
    public static Optional<BrokenNode> in(RunningLab lab) {
        return in(lab.running(), ANSWER);
    }

    static Optional<BrokenNode> in(List<Node> running, Duration answer) {
        return running.stream()
                // Without its launcher a guest is none: the cause first.
                .sorted(Comparator.comparing(Guest.class::isInstance))
                .flatMap(node -> look(node, answer).stream())
                .map(BrokenNode::new)
                .findFirst();
    }

    /** The failure of a test whose lab is broken, in place of what the test said. */
    public IllegalStateException instead(AssertionError failure) {
        return new IllegalStateException(
                "The lab is broken, so this is no verdict on the network: %s%nThe assertion that failed: %s"
                        .formatted(why, failure.getMessage()),
                failure);
    }

    private static Optional<String> look(Node node, Duration answer) {
        try {
            return Waiting.<Optional<String>, RuntimeException>call(
                    "%s is looked at".formatted(node.name()), answer, () -> {
                        if (node instanceof GuestHandle guest) {
                            return broken(guest);
                        }
                        CommandResult unused = node.tryRun("true");
                        return Optional.empty();
                    });
        } catch (InterruptedWaitException e) {
            return Optional.empty();
        } catch (DeadlineExceededException | IllegalStateException e) {
            return Optional.of("%s does not take a command: %s".formatted(node.name(), e.getMessage()));
        }
    }

    private static Optional<String> broken(GuestHandle guest) {
        if (guest.isAtRest()) {
            return Optional.empty();
        }
        Optional<String> panic = guest.panic();
        if (panic.isPresent()) {
            return panic.map(words -> "the kernel of %s has given up: %s".formatted(guest.name(), words));
        }
        return guest.hasRestarted()
                ? Optional.of("%s has restarted by itself, and what it was told before is gone".formatted(guest.name()))
                : Optional.empty();
    }
}
