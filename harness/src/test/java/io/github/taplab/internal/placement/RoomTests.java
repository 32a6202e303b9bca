package io.github.taplab.internal.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.LabSpec;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bound by what the host has. */
@Timeout(60)
class RoomTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final FakeLab.Maker maker = new FakeLab.Maker();
    private final Room<FakeLab> room = of(List.of(maker.host(1000)));

    private Room<FakeLab> of(List<LabHost<FakeLab>> hosts) {
        return new Room<>(hosts, what -> {
            told.add(what.get());
            return () -> told.add("over");
        });
    }

    private static Demand demand(String lab, long mib) {
        return new Demand(new LabRequest(lab, LabSpec.builder().build(), Set.of()), new LabSize(mib, 1));
    }

    private CompletableFuture<Undo> taking(String lab, long mib) {
        return taking(room, lab, mib);
    }

    private CompletableFuture<Undo> taking(Room<FakeLab> room, String lab, long mib) {
        int before = told.size();
        CompletableFuture<Undo> taking = new CompletableFuture<>();
        Thread thread = new Thread(() -> taking.complete(room.take(demand(lab, mib))));
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
        Undo first = room.take(demand("First", 600));
        Undo second = room.take(demand("Second", 400));

        assertThat(room.tryTake(demand("Any", 1))).isEmpty();
        first.close();
        second.close();
        assertThat(room.tryTake(demand("Any", 1000))).isPresent();
        assertThat(told).isEmpty();
    }

    @Test
    void oneThatDoesNotFitWaitsUntilAnotherGoesWhichIsTold() {
        Undo first = room.take(demand("First", 600));
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
        Undo first = room.take(demand("First", 600));
        CompletableFuture<Undo> large = taking("Large", 900);
        CompletableFuture<Undo> small = taking("Small", 200);

        assertThat(small).isNotDone();
        assertThat(room.tryTake(demand("Any", 1))).isEmpty();
        first.close();
        Undo had = of(large);
        assertThat(small).isNotDone();
        had.close();
        of(small).close();
    }

    @Test
    void oneThatNeverFitsGoesAlone() {
        Undo alone = room.take(demand("Large", 5000));

        assertThat(room.tryTake(demand("Any", 1))).isEmpty();
        alone.close();
        assertThat(told).isEmpty();
    }

    @Test
    void whoMustNotWaitIsCounted() {
        Undo first = room.take(demand("First", 900));
        Undo inside = room.takeAnyway(demand("Any", 900));

        first.close();
        assertThat(room.tryTake(demand("Any", 200))).isEmpty();
        inside.close();
        assertThat(room.tryTake(demand("Any", 200))).isPresent();
    }

    @Test
    void anInterruptEndsTheWaitAndKeepsNoRoom() {
        Undo first = room.take(demand("First", 900));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> room.take(demand("Second", 200)))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("other labs leave room for that of Second, 200 MiB: interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();

        first.close();
        assertThat(room.tryTake(demand("Any", 1000))).isPresent();
    }

    @Test
    void ofSeveralHostsTheOneWithRoomIsTakenAndALabWaitsOnlyWhereNoneHas() {
        LabHost<FakeLab> small = new LabHost<>("the engine at A", maker, 2, 1000);
        LabHost<FakeLab> large = new LabHost<>("the engine at B", maker, 2, 2000);
        Room<FakeLab> both = of(List.of(small, large));
        Berth<FakeLab> first = both.take(demand("First", 800));
        Berth<FakeLab> second = both.take(demand("Second", 800));
        assertThat(List.of(first.host(), second.host())).containsExactlyInAnyOrder(small, large);
        Berth<FakeLab> third = both.take(demand("Third", 1000));
        assertThat(third.host()).isEqualTo(large);
        assertThat(told).isEmpty();

        CompletableFuture<Undo> fourth = taking(both, "Fourth", 900);

        assertThat(fourth).isNotDone();
        assertThat(told)
                .containsExactly("the lab of Fourth waits for others to go: it takes 900 MiB, and labs have"
                        + " 800 of 1000 MiB on the engine at A, 1800 of 2000 MiB on the engine at B");
        first.close();
        of(fourth).close();
    }

    @Test
    void aLabThatIsTooLargeForOneHostWaitsForTheOther() {
        LabHost<FakeLab> small = new LabHost<>("the engine at A", maker, 2, 1000);
        LabHost<FakeLab> large = new LabHost<>("the engine at B", maker, 2, 2000);
        Room<FakeLab> both = of(List.of(large, small));
        Berth<FakeLab> first = both.take(demand("First", 1500));
        CompletableFuture<Undo> second = taking(both, "Second", 1500);
        assertThat(second).isNotDone();

        first.close();

        assertThat(((Berth<?>) of(second)).host()).isEqualTo(large);
    }

    @Test
    void aHostThatIsLostHasNoFurtherLabAndTheLastOneIsNeverLost() {
        LabHost<FakeLab> one = new LabHost<>("the engine at A", maker, 2, 1000);
        LabHost<FakeLab> other = new LabHost<>("the engine at B", maker, 2, 1000);
        Room<FakeLab> both = of(List.of(one, other));
        assertThat(both.take(demand("First", 600)).host()).isEqualTo(one);

        assertThat(both.lose(other)).isTrue();
        assertThat(both.lose(other)).isTrue();
        assertThat(both.lose(one)).isFalse();

        assertThat(both.take(demand("Second", 400)).host()).isEqualTo(one);
        assertThat(both.tryTake(demand("Third", 1))).isEmpty();
        assertThat(both.takeAnyway(demand("Fourth", 1)).host()).isEqualTo(one);
    }
}
