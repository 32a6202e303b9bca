package io.github.taplab.internal.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.HostFeature;
import io.github.taplab.spec.LabSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Labs over several hosts, of which one may be lost. */
@Timeout(60)
class HostsTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeLab.Maker a = new FakeLab.Maker();
    private final FakeLab.Maker b = new FakeLab.Maker();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Placer<FakeLab> placer = placer(0);

    private Placer<FakeLab> placer(int ahead, String... planned) {
        return placer(ahead, List.of(planned).stream().map(HostsTests::lab).toList());
    }

    private Placer<FakeLab> placer(int ahead, List<LabRequest> planned) {
        Room<FakeLab> room = new Room<>(
                List.of(new LabHost<>("the engine at A", a, 2, 10_000), new LabHost<>("the engine at B", b, 2, 10_000)),
                waits -> () -> {});
        return new Placer<>(room, new AheadLimits(ahead, 1), planned, told::add);
    }

    @AfterEach
    void close() {
        placer.close();
    }

    private static LabRequest lab(String name) {
        return new LabRequest(
                name, LabSpec.builder().guest(GuestSpec.named("guest")).build(), Set.of());
    }

    private CompletableFuture<Placed<FakeLab>> placing(String name) {
        return placing(lab(name));
    }

    private CompletableFuture<Placed<FakeLab>> placing(LabRequest request) {
        return CompletableFuture.supplyAsync(() -> placer.place(request, true), work -> new Thread(work).start());
    }

    private static Placed<FakeLab> of(CompletableFuture<Placed<FakeLab>> placing) {
        return Waiting.joined("the lab is there", LONG, placing);
    }

    @Test
    void labsGoWhereACoreIsFree() {
        List.of("1", "2", "3", "4").forEach(name -> placer.place(lab(name), true));

        assertThat(a.events).containsExactly("begun 1", "up 1", "begun 3", "up 3");
        assertThat(b.events).containsExactly("begun 2", "up 2", "begun 4", "up 4");
    }

    @Test
    void theyStayWhereTheirImageIsAsLongAsACoreIsFreeThere() {
        b.prepared = LabHost.IMAGE_PREPARED;
        List.of("1", "2", "3").forEach(name -> placer.place(lab(name), true));

        assertThat(b.events).containsExactly("begun 1", "up 1", "begun 2", "up 2");
        assertThat(a.events).containsExactly("begun 3", "up 3");
    }

    @Test
    void aLabThatGoesLeavesItsRoom() {
        placer.place(lab("1"), true).close();
        placer.place(lab("2"), true).close();

        assertThat(a.events).containsExactly("begun 1", "up 1", "gone 1", "begun 2", "up 2", "gone 2");
        assertThat(b.events).isEmpty();
    }

    @Test
    void aLabWhoseHostIsLostIsPlacedOnceElsewhere() {
        a.hold();
        CompletableFuture<Placed<FakeLab>> first = placing("1");
        a.await("begun 1");
        a.lost = Optional.of("it does not answer");
        a.fail("1", new IllegalStateException("the stream is broken"));

        assertThat(of(first).lab().owner).isEqualTo("1");
        assertThat(b.events).containsExactly("begun 1", "up 1");
        placer.place(lab("2"), true);
        assertThat(b.events).contains("up 2");
        assertThat(told).containsExactly("no further lab is placed on the engine at A: it does not answer");
    }

    @Test
    void aLabThatFailsOnAHostThatIsThereIsNotTriedElsewhere() {
        a.hold();
        CompletableFuture<Placed<FakeLab>> first = placing("1");
        a.fail("1", new IllegalStateException("no room on disk"));

        assertThatThrownBy(() -> of(first)).hasMessage("no room on disk");
        assertThat(b.events).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whoseSecondHostFailsTooIsToldThatByTheSecond() {
        a.hold();
        b.hold();
        CompletableFuture<Placed<FakeLab>> first = placing("1");
        a.await("begun 1");
        a.lost = Optional.of("it does not answer");
        b.lost = Optional.of("it does not answer either");
        a.fail("1", new IllegalStateException("A's stream is broken"));
        b.fail("1", new IllegalStateException("B's stream is broken"));

        // There is no third: it is that host's own word.
        assertThatThrownBy(() -> of(first))
                .hasMessage("B's stream is broken")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("the engine at A was lost before the lab of 1 was up: it does not answer"));
        assertThat(told).hasSize(1);
    }

    @Test
    void aLabThatWasMadeAheadOnAHostThatIsLostIsMadeElsewhere() {
        placer = placer(1, "1", "2");
        a.prepared = LabHost.ALL_PREPARED;
        placer.place(lab("1"), true);
        a.await("up 2");
        a.lost = Optional.of("it does not answer");

        Placed<FakeLab> second = placer.place(lab("2"), true);

        assertThat(second.lab().owner).isEqualTo("2");
        assertThat(b.events).containsExactly("begun 2", "up 2");
        a.await("gone 2");
        assertThat(told).containsExactly("no further lab is placed on the engine at A: it does not answer");
    }

    private static LabRequest withKvm(String name) {
        return new LabRequest(name, LabSpec.builder().host(HostFeature.KVM).build(), Set.of());
    }

    private static LabUnavailableException noKvm() {
        return new LabUnavailableException("no KVM");
    }

    @Test
    void whatAHostIsKnownNotToHaveIsLookedForElsewhere() {
        a.unfit = Optional.of("no KVM");
        a.prepared = LabHost.ALL_PREPARED;

        placer.place(withKvm("1"), true);
        placer.place(lab("2"), true);

        assertThat(b.events).containsExactly("begun 1", "up 1");
        assertThat(a.events).containsExactly("begun 2", "up 2");
        assertThat(told).isEmpty();
    }

    /** That a host has no KVM is found out by the first lab that is there. */
    @Test
    void soIsWhatItIsFoundNotToHave() {
        a.hold();
        CompletableFuture<Placed<FakeLab>> first = placing(withKvm("1"));
        a.await("begun 1");
        a.unfit = Optional.of("no KVM");
        a.fail("1", noKvm());

        assertThat(of(first).lab().owner).isEqualTo("1");
        assertThat(b.events).containsExactly("begun 1", "up 1");
        // The host itself is as good as before for others.
        CompletableFuture<Placed<FakeLab>> second = placing(lab("2"));
        a.end("2");
        assertThat(of(second).lab().owner).isEqualTo("2");
        assertThat(told).isEmpty();
    }

    @Test
    void whatNoHostHasIsSaidOfEach() {
        a.unfit = Optional.of("no KVM");
        b.hold();
        CompletableFuture<Placed<FakeLab>> first = placing(withKvm("1"));
        b.await("begun 1");
        b.unfit = Optional.of("no KVM either");
        b.fail("1", noKvm());

        assertThatThrownBy(() -> of(first))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage(
                        "no engine has what it insists on: the engine at A: no KVM; the engine at B: no KVM either");
        assertThat(a.events).isEmpty();
    }

    @Test
    void whatNoHostHasIsNotMadeAheadAndKeepsNoOtherFromIt() {
        placer.close();
        placer = placer(1, List.of(lab("1"), withKvm("2"), lab("3")));
        a.unfit = Optional.of("no KVM");
        b.unfit = Optional.of("no KVM");
        placer.place(lab("1"), true);

        Waiting.until(
                "the third lab is up", LONG, () -> a.events.contains("up 3") || b.events.contains("up 3"), up -> up);
        assertThatThrownBy(() -> placer.place(withKvm("2"), true)).isInstanceOf(LabUnavailableException.class);
    }

    @Test
    void aHostAloneSaysItselfWhatItHasNot() {
        placer = new Placer<>(
                new Room<>(List.of(a.host(10_000)), waits -> () -> {}), new AheadLimits(0, 1), List.of(), told::add);
        a.unfit = Optional.of("no KVM");
        a.hold();
        CompletableFuture<Placed<FakeLab>> first = placing(withKvm("1"));
        a.fail("1", noKvm());

        assertThatThrownBy(() -> of(first))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage("no KVM");
    }

    @Test
    void aHostAloneIsNeverAskedWhetherItIsThere() {
        placer = new Placer<>(
                new Room<>(List.of(a.host(10_000)), waits -> () -> {}),
                new AheadLimits(1, 1),
                List.of(lab("1"), lab("2")),
                told::add);
        a.lost = Optional.of("it does not answer");
        placer.place(lab("1"), true);
        placer.place(lab("2"), true);
        a.hold();
        CompletableFuture<Placed<FakeLab>> third = placing("3");
        a.fail("3", new IllegalStateException("the stream is broken"));

        assertThatThrownBy(() -> of(third)).hasMessage("the stream is broken");
        assertThat(a.questions).isZero();
        assertThat(told).isEmpty();
    }
}
