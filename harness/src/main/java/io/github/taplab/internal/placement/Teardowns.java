package io.github.taplab.internal.placement;

import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Labs that go while others start. */
final class Teardowns {

    private static final Logger LOG = LoggerFactory.getLogger(Teardowns.class);
    // A lab takes 20 s at most by itself.
    private static final Duration LONGEST = Duration.ofSeconds(22);

    private final Set<Teardown> going = ConcurrentHashMap.newKeySet();

    private static final class Teardown {

        private final CompletableFuture<Void> gone = new CompletableFuture<>();
    }

    /**
     * Closes a lab on a thread of its own, and gives back the room that it took.
     *
     * @param gone called when that is done
     */
    void begin(AutoCloseable lab, Undo space, Runnable gone) {
        Teardown teardown = new Teardown();
        going.add(teardown);
        Thread thread = new Thread(
                () -> {
                    close(lab, space);
                    going.remove(teardown);
                    teardown.gone.complete(null);
                    gone.run();
                },
                "taplab-teardown");
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes a lab, and gives back the room that it took. It tells what it leaves itself. */
    static void close(AutoCloseable lab, Undo space) {
        try (space) {
            lab.close();
        } catch (Exception e) {
            LOG.warn("A lab was not closed: {}", e.getMessage(), e);
        }
    }

    /** How many go at the moment. */
    int count() {
        return going.size();
    }

    /** Waits until those that go now are gone. */
    void await() {
        Waiting.joined(
                "the labs that are closed beside others are gone",
                LONGEST,
                CompletableFuture.allOf(
                        going.stream().map(teardown -> teardown.gone).toArray(CompletableFuture<?>[]::new)));
    }
}
