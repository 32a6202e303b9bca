package io.github.taplab.internal.hold;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.node.Enterable;
import io.github.taplab.internal.node.Entrance;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Keeps labs up until a person who has looked at them lets them go, or a deadline does. Each is held by the thread that
 * runs its tests, so others go on.
 */
public final class Holds implements AutoCloseable {

    // What leads into a node is read from it, and it may be what has broken.
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Consumer<String> people;
    private final Duration deadline;
    private final EnterKey enter = new EnterKey();
    private volatile boolean closed;

    /**
     * None yet.
     *
     * @param people are told what they can do
     */
    public Holds(Consumer<String> people, Duration deadline) {
        this.people = people;
        this.deadline = deadline;
    }

    /**
     * Holds a lab. An interrupt lets it go too; the thread is still interrupted then.
     *
     * @param name of the lab, also that of a file
     * @param why it is held, in words
     */
    public void hold(String name, String why, List<Node> running) {
        if (closed) {
            return;
        }
        CompletableFuture<String> end = new CompletableFuture<>();
        Runnable pressed = () -> end.complete("Enter was pressed");
        try (HoldFile file = HoldFile.make(name)) {
            CompletableFuture<Void> unused =
                    file.removed().thenRun(() -> end.complete("%s was removed".formatted(file.path())));
            Map<String, List<Entrance>> nodes = entrances(running);
            people.accept(HoldText.of(why, nodes, enter.await(pressed), file.path(), deadline));
            people.accept("the lab of %s is let go: %s".formatted(name, awaited(name, end)));
        } catch (InterruptedWaitException letGo) {
            // The thread has more to do than to hold a lab.
        } finally {
            enter.ignore(pressed);
        }
    }

    private String awaited(String name, CompletableFuture<String> end) {
        try {
            return Waiting.joined("somebody lets go of the lab of %s".formatted(name), deadline, end);
        } catch (DeadlineExceededException e) {
            return "nobody has done so for %s".formatted(HoldText.inWords(deadline));
        }
    }

    private static Map<String, List<Entrance>> entrances(List<Node> running) {
        Map<String, List<Entrance>> ways = new LinkedHashMap<>();
        for (Node node : running) {
            if (node instanceof Enterable place) {
                ways.put(node.name(), entrances(node.name(), place));
            }
        }
        return ways;
    }

    private static List<Entrance> entrances(String node, Enterable place) {
        try {
            return Waiting.<List<Entrance>, RuntimeException>call(
                    "the ways into %s are looked for".formatted(node), LOOK, place::entrances);
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            return List.of(new Entrance("", "can't be entered: " + e.getMessage()));
        }
    }

    /** Nothing is held any more from now on: the run ends. */
    @Override
    public void close() {
        closed = true;
    }
}
