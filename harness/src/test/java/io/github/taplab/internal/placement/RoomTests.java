package io.github.taplab.internal.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bound by what the host has. */
@Timeout(60)
class RoomTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Room room = new Room(1000, what -> {
        told.add(what.get());
        return () -> told.add("over");
    });

    private CompletableFuture<Undo> taking(String lab, long mib) {
        int before = told.size();
        CompletableFuture<Undo> taking = new CompletableFuture<>();
        Thread thread = new Thread(() -> taking.complete(room.take(lab, mib)));
        thread.start();
        Waiting.until(
                lab + " waits, or has its room",
                LONG,
                () -> taking.isDone() || told.size() > before || thread.getState() == Thread.State.TIMED_WAITING,
                is -> is);
        return taking;
    }

    private static Undo of(CompletableFuture<Undo> taking) {
        return Waiting.joined("there is room", LONG, taking);
    }

    @Test
    void labsThatFitDoNotWaitAndNothingIsTold() {
        Undo first = room.take("First", 600);
        Undo second = room.take("Second", 400);

        assertThat(room.tryTake(1)).isEmpty();
        first.close();
        second.close();
        assertThat(room.tryTake(1000)).isPresent();
        assertThat(told).isEmpty();
    }

    @Test
    void oneThatDoesNotFitWaitsUntilAnotherGoesWhichIsTold() {
        Undo first = room.take("First", 600);
        CompletableFuture<Undo> second = taking("Second", 500);
        CompletableFuture<Undo> third = taking("Third", 500);
        assertThat(second).isNotDone();
        assertThat(third).isNotDone();

        first.close();
        first.close();

        of(second).close();
        of(third).close();
        Waiting.until("the end of each wait is told", LONG, told::size, size -> size == 4);
        assertThat(told)
                .startsWith(
                        "the lab of Second waits for others to go: it takes 500 MiB,"
                                + " and of the 1000 MiB that the Docker host has for labs 600 are taken",
                        "the lab of Third waits for others to go: it takes 500 MiB,"
                                + " and of the 1000 MiB that the Docker host has for labs 600 are taken")
                .endsWith("over", "over");
    }

    @Test
    void nobodyGoesPastOneThatWaits() {
        Undo first = room.take("First", 600);
        CompletableFuture<Undo> large = taking("Large", 900);
        CompletableFuture<Undo> small = taking("Small", 200);

        assertThat(small).isNotDone();
        assertThat(room.tryTake(1)).isEmpty();
        first.close();
        Undo had = of(large);
        assertThat(small).isNotDone();
        had.close();
        of(small).close();
    }

    @Test
    void oneThatNeverFitsGoesAlone() {
        Undo alone = room.take("Large", 5000);

        assertThat(room.tryTake(1)).isEmpty();
        alone.close();
        assertThat(told).isEmpty();
    }

    @Test
    void whoMustNotWaitIsCounted() {
        Undo first = room.take("First", 900);
        Undo inside = room.takeAnyway(900);

        first.close();
        assertThat(room.tryTake(200)).isEmpty();
        inside.close();
        assertThat(room.tryTake(200)).isPresent();
    }

    @Test
    void anInterruptEndsTheWaitAndKeepsNoRoom() {
        Undo first = room.take("First", 900);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> room.take("Second", 200))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("other labs leave room for that of Second, 200 MiB: interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();

        first.close();
        assertThat(room.tryTake(1000)).isPresent();
    }
}
