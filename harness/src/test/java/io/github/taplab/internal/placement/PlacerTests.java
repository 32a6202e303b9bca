package io.github.taplab.internal.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.Subnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which labs are made ahead, who gets them, and that each is closed. */
@Timeout(60)
class PlacerTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final long MUCH = 100_000;

    private final FakeLab.Maker maker = new FakeLab.Maker();
    private final List<Placer<FakeLab>> placers = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        placers.forEach(Placer::close);
        long up = maker.events.stream().filter(event -> event.startsWith("up ")).count();
        Waiting.until(
                "all labs are gone",
                LONG,
                () -> maker.events.stream()
                        .filter(event -> event.startsWith("gone "))
                        .count(),
                gone -> gone == up);
    }

    private Placer<FakeLab> placer(AheadLimits limits, LabRequest... planned) {
        return placer(limits, MUCH, planned);
    }

    private Placer<FakeLab> placer(AheadLimits limits, long mib, LabRequest... planned) {
        Placer<FakeLab> placer = new Placer<>(room(mib), limits, List.of(planned), told -> {});
        placers.add(placer);
        return placer;
    }

    private Room<FakeLab> room(long mib) {
        return new Room<>(List.of(maker.host(mib)), waits -> () -> {});
    }

    /** A lab like no other. */
    private static LabRequest own(String name) {
        return new LabRequest(
                name,
                LabSpec.builder()
                        .clients(name.toLowerCase(Locale.ROOT).replace("$", ""))
                        .build(),
                Set.of());
    }

    /** A lab like all others of this kind. */
    private static LabRequest alike(String name) {
        return new LabRequest(
                name, LabSpec.builder().guest(GuestSpec.named("guest")).build(), Set.of());
    }

    private static CompletableFuture<Placed<FakeLab>> placing(Placer<FakeLab> placer, LabRequest request) {
        return CompletableFuture.supplyAsync(() -> placer.place(request, true), work -> new Thread(work).start());
    }

    private static Placed<FakeLab> of(CompletableFuture<Placed<FakeLab>> placing) {
        return Waiting.joined("the lab is there", LONG, placing);
    }

    private List<String> begun() {
        return maker.events.stream()
                .filter(event -> event.startsWith("begun "))
                .map(event -> event.substring("begun ".length()))
                .toList();
    }

    @Test
    void nothingIsBegunBeforeTheFirstLabIsUp() {
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1), own("A"), own("B"), own("C"));
        maker.hold();
        CompletableFuture<Placed<FakeLab>> first = placing(placer, own("A"));
        maker.await("begun A");
        assertThat(begun()).containsExactly("A");

        maker.end("A");
        Placed<FakeLab> placed = of(first);

        maker.await("begun B");
        placed.close();
    }

    @Test
    void whatIsAheadIsBrokenInBeforeItIsThereAndWhatIsWaitedForIsNot() {
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1), own("A"), own("B"), own("C"));
        Placed<FakeLab> first = placer.place(own("A"), true);
        // One at a time: the next begins when the one before is there.
        maker.await("begun C");
        assertThat(maker.brokenIn).first().isEqualTo("B");
        maker.await("up C");
        Placed<FakeLab> third = placer.place(own("C"), true);

        assertThat(maker.brokenIn).startsWith("B").doesNotContain("A");
        Stream.of(first, third).forEach(Placed::close);
    }

    @Test
    void theNextOnesAreMadeInTheirOrderAndOneAtATime() {
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1), own("A"), own("B"), own("C"), own("D"));
        Placed<FakeLab> first = placer.place(own("A"), true);
        maker.await("up C");

        assertThat(maker.events).containsExactly("begun A", "up A", "begun B", "up B", "begun C", "up C");
        Placed<FakeLab> second = placer.place(own("B"), true);
        maker.await("up D");
        assertThat(second.lab().madeFor).isEqualTo("B");
        assertThat(begun()).containsExactly("A", "B", "C", "D");
        Stream.of(first, second).forEach(Placed::close);
    }

    @Test
    void noMoreAreAheadThanAllowedAndThoseThatGoCount() {
        long one = LabSize.of(own("A").spec()).mib();
        Room<FakeLab> room = room(3 * one);
        Placer<FakeLab> placer =
                new Placer<>(room, new AheadLimits(1, 1), List.of(own("A"), own("B"), own("C")), told -> {});
        placers.add(placer);
        CompletableFuture<Boolean> mayGo = maker.holdTeardowns();
        Placed<FakeLab> first = placer.place(own("A"), true);
        maker.await("up B");
        assertThat(begun()).containsExactly("A", "B");

        first.close();
        Placed<FakeLab> second = placer.place(own("B"), true);
        // A start takes its room before anything else.
        room.tryTake(Demand.of(own("A"))).orElseThrow().close();
        mayGo.complete(true);
        maker.await("up C");
        assertThat(maker.events).containsSubsequence("gone A", "begun C");
        second.close();
    }

    @Test
    void aTeardownKeepsNobodyWaiting() {
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1), own("A"), own("B"));
        CompletableFuture<Boolean> mayGo = maker.holdTeardowns();

        placer.place(own("A"), true).close();
        Placed<FakeLab> second = placer.place(own("B"), true);

        assertThat(maker.events).doesNotContain("gone A");
        mayGo.complete(true);
        second.close();
    }

    @Test
    void closingWaitsForAllThatGo() {
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1), own("A"), own("B"), own("C"));
        CompletableFuture<Boolean> mayGo = maker.holdTeardowns();
        placer.place(own("A"), true).close();
        maker.await("up B");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(placer::close, work -> new Thread(work).start());
        assertThat(closing).isNotDone();

        mayGo.complete(true);
        Waiting.joined("all is closed", LONG, closing);

        assertThat(maker.events).contains("gone A", "gone B");
    }

    @Test
    void whoComesWhileItsLabIsMadeGetsThatOne() {
        Placer<FakeLab> placer = placer(new AheadLimits(1, 1), own("A"), own("B"));
        Placed<FakeLab> first = placer.place(own("A"), true);
        maker.await("up B");
        first.close();
        Placed<FakeLab> second = placer.place(own("B"), true);
        second.close();

        assertThat(begun()).containsExactly("A", "B");
    }

    @Test
    void aStartThatFailsIsToldToItsClassAndNotTriedAgain() {
        Placer<FakeLab> placer = placer(new AheadLimits(1, 1), own("A"), own("B"), own("C"));
        Placed<FakeLab> first = placed(placer, "A");
        maker.fail("B", new IllegalStateException("no room on disk"));
        maker.end("C");

        assertThatThrownBy(() -> placer.place(own("B"), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no room on disk");

        placer.place(own("C"), true).close();
        first.close();
        assertThat(begun()).containsExactly("A", "B", "C");
    }

    @Test
    void aStartThatFailsKeepsNoRoom() {
        long two = 2 * LabSize.of(own("A").spec()).mib();
        Placer<FakeLab> placer = placer(new AheadLimits(1, 1), two, own("A"), own("B"), own("C"));
        Placed<FakeLab> first = placed(placer, "A");
        maker.fail("B", new IllegalStateException("no room on disk"));

        maker.end("C");
        first.close();
    }

    /** The first lab, and starts that wait from then on. */
    private Placed<FakeLab> placed(Placer<FakeLab> placer, String name) {
        maker.hold();
        CompletableFuture<Placed<FakeLab>> placing = placing(placer, own(name));
        maker.end(name);
        return of(placing);
    }

    @Test
    void oneLikeItWillDoAndTheOtherGetsTheNext() {
        Placer<FakeLab> placer = placer(new AheadLimits(1, 1), alike("A"), alike("B"), alike("C"), alike("D"));
        Placed<FakeLab> first = placer.place(alike("A"), true);
        maker.await("up B");

        Placed<FakeLab> last = placer.place(alike("D"), true);
        Placed<FakeLab> second = placer.place(alike("B"), true);

        assertThat(last.lab().madeFor).isEqualTo("B");
        assertThat(last.lab().owner).isEqualTo("D");
        maker.await("up C");
        assertThat(second.lab().owner).isEqualTo("B");
        assertThat(begun()).containsExactly("A", "B", "B", "C");
        Stream.of(first, last, second).forEach(Placed::close);
    }

    @Test
    void oneThatIsNotLikeItWillNotDo() {
        LabRequest withClient = new LabRequest("C", alike("C").spec(), Set.of("client"));
        Placer<FakeLab> placer = placer(new AheadLimits(1, 1), alike("A"), alike("B"), withClient);
        Placed<FakeLab> first = placer.place(alike("A"), true);
        maker.await("up B");

        Placed<FakeLab> third = placer.place(withClient, true);

        assertThat(third.lab().madeFor).isEqualTo("C");
        Stream.of(first, third).forEach(Placed::close);
    }

    @Test
    void whatAClassDoesNotAskForIsClosedWhenItIsOver() {
        Placer<FakeLab> placer = placer(new AheadLimits(1, 1), own("A"), own("B"), own("B$Inner"), own("C"));
        Placed<FakeLab> first = placer.place(own("A"), true);
        maker.await("up B");

        placer.over("B");

        maker.await("gone B");
        maker.await("up C");
        assertThat(begun()).containsExactly("A", "B", "C");
        first.close();
    }

    @Test
    void anotherClassMayHaveIt() {
        Placer<FakeLab> placer = placer(new AheadLimits(1, 1), alike("A"), alike("B"), alike("C"));
        Placed<FakeLab> first = placer.place(alike("A"), true);
        maker.await("up B");

        placer.over("B");
        Placed<FakeLab> third = placer.place(alike("C"), true);

        assertThat(third.lab().madeFor).isEqualTo("B");
        assertThat(begun()).containsExactly("A", "B");
        Stream.of(first, third).forEach(Placed::close);
    }

    @Test
    void whatNobodyAsksForIsClosedAtTheEnd() {
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1), own("A"), own("B"), own("C"));
        placer.place(own("A"), true).close();
        maker.await("up C");

        placer.close();

        assertThat(maker.events).contains("gone A", "gone B", "gone C");
    }

    @Test
    void closingEndsAStartThatIsUnderWay() {
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1), own("A"), own("B"), own("C"));
        Placed<FakeLab> first = placed(placer, "A");
        maker.await("begun B");
        first.close();

        placer.close();

        assertThat(maker.events).contains("failed B").doesNotContain("begun C");
    }

    @Test
    void whoIsInterruptedWhileItsLabIsMadeEndsThatStart() {
        Placer<FakeLab> placer = placer(new AheadLimits(1, 1), own("A"), own("B"));
        Placed<FakeLab> first = placed(placer, "A");
        maker.await("begun B");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> placer.place(own("B"), true))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("the lab of B is up, whose start has begun before it was asked for:"
                        + " interrupted while waiting for it");

        assertThat(Thread.interrupted()).isTrue();
        maker.await("failed B");
        first.close();
    }

    @Test
    void switchedOffALabStartsWhenItIsAskedForAndGoesBeforeTheNext() {
        Placer<FakeLab> placer = placer(new AheadLimits(0, 1), own("A"), own("B"));

        placer.place(own("A"), true).close();
        assertThat(maker.events).containsExactly("begun A", "up A", "gone A");
        placer.place(own("B"), true).close();
        assertThat(begun()).containsExactly("A", "B");
    }

    @Test
    void withoutAPlanItIsTheSame() {
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1));

        placer.place(own("A"), true).close();
        assertThat(maker.events).containsExactly("begun A", "up A", "gone A");
    }

    @Test
    void thoseThatAreAskedForGoBeforeThoseThatAreMadeAhead() {
        long two = 2 * LabSize.of(own("A").spec()).mib();
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1), two, own("A"), own("B"), own("C"));
        Placed<FakeLab> first = placer.place(own("A"), true);
        maker.await("up B");

        Placed<FakeLab> third = placer.place(own("C"), true);

        assertThat(maker.events).containsSubsequence("gone B", "begun C");
        first.close();
        maker.await("up C");
        third.close();
    }

    @Test
    void aDeclaredSubnetIsNobodyElses() {
        LabRequest fixed = new LabRequest(
                "C", LabSpec.builder().subnet(Subnet.of("198.18.9.0/24")).build(), Set.of());
        Placer<FakeLab> placer = placer(new AheadLimits(2, 1), own("A"), own("B"), fixed, own("D"));
        Placed<FakeLab> first = placer.place(own("A"), true);
        maker.await("up D");
        assertThat(begun()).containsExactly("A", "B", "D");

        Placed<FakeLab> third = placer.place(fixed, true);

        assertThat(maker.events).containsSubsequence("gone B", "begun C").containsSubsequence("gone D", "begun C");
        third.close();
        assertThat(maker.events).contains("gone C");
        first.close();
    }

    @Test
    void theLimitsFollowTheCores() {
        assertThat(AheadLimits.of(Optional.empty(), 1)).isEqualTo(new AheadLimits(1, 1));
        assertThat(AheadLimits.of(Optional.empty(), 8)).isEqualTo(new AheadLimits(8, 4));
        assertThat(AheadLimits.of(Optional.of(3), 2)).isEqualTo(new AheadLimits(3, 1));
    }

    @Test
    void aLabIsAsLargeAsItsGuestsAndContainersMayBecome() {
        // A launcher, a client, the gateway.
        assertThat(LabSize.of(LabSpec.builder().build())).isEqualTo(new LabSize(32 + 8 + 8, 1));
        assertThat(LabSize.of(alike("A").spec())).isEqualTo(new LabSize(128 + 48 + 32 + 8 + 8, 1));
        assertThat(LabSize.of(LabSpec.builder()
                                .guest(GuestSpec.named("one"))
                                .guest(GuestSpec.builder("two").cpus(3).build())
                                .build())
                        .cores())
                .isEqualTo(4);
    }
}
