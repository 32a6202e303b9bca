package io.github.taplab.assertions;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.Fake;
import io.github.taplab.WrongUse;
import io.github.taplab.capture.Capture;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Client;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.PingResult.Outcome;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whether one node reaches another, which both have forgotten. */
class FreshPingTests {

    private static final InterfaceIp ALICE = InterfaceIp.of("198.18.9.4/24");
    private static final InterfaceIp BOB = InterfaceIp.of("198.18.9.5/24");
    private static final InterfaceIp ALICE_6 = InterfaceIp.of("fd00::4/64");
    private static final InterfaceIp BOB_6 = InterfaceIp.of("fd00::5/64");

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Set<String> unanswered = new HashSet<>();
    private boolean questionLeaves = true;
    private CyclicBarrier together = new CyclicBarrier(1);

    @Test
    void bothForgetBeforeEachFamilyIsTried() {
        assertThat(node("alice", ALICE, ALICE_6)).reaches(node("bob", BOB, BOB_6));

        assertThat(done)
                .containsExactly(
                        "alice forgets",
                        "bob forgets",
                        "alice pings 198.18.9.5",
                        "alice forgets",
                        "bob forgets",
                        "alice pings fd00::5");
    }

    @Test
    void ipv6IsTriedWhereBothHaveIt() {
        assertThat(node("alice", ALICE)).reaches(node("bob", BOB, BOB_6));
        assertThat(node("alice", ALICE, ALICE_6)).reaches(node("bob", BOB));

        assertThat(done).noneMatch(line -> line.contains("fd00"));
    }

    @Test
    void oneFamilyIsNotEnough() {
        unanswered.add("alice pings fd00::5");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(node("alice", ALICE, ALICE_6)).reaches(node("bob", BOB, BOB_6)))
                .withMessageContaining("Ping from alice to fd00::5")
                .withMessageContaining("expected: at least one reply");
    }

    @Test
    void noAnswerOfOneWhoIsThere() {
        unanswered.add("alice pings 198.18.9.5");

        assertThat(node("alice", ALICE)).doesNotReach(node("bob", BOB));

        assertThat(done)
                .containsExactly(
                        "alice forgets",
                        "bob forgets",
                        "alice pings 198.18.9.5",
                        "waited for a question of alice for bob",
                        "bob pings 198.18.9.5");
    }

    @Test
    void bothFamiliesAreWaitedForAtATime() {
        unanswered.addAll(Set.of("alice pings 198.18.9.5", "alice pings fd00::5"));
        together = new CyclicBarrier(2);

        assertThat(node("alice", ALICE, ALICE_6)).doesNotReach(node("bob", BOB, BOB_6));

        assertThat(done)
                .containsExactlyInAnyOrder(
                        "alice forgets",
                        "bob forgets",
                        "alice pings 198.18.9.5",
                        "alice pings fd00::5",
                        "waited for a question of alice for bob",
                        "waited for a question of alice for bob",
                        "bob pings 198.18.9.5",
                        "bob pings fd00::5");
    }

    @Test
    void anAnswerByOneFamilyIsAnAnswer() {
        unanswered.add("alice pings 198.18.9.5");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(node("alice", ALICE, ALICE_6)).doesNotReach(node("bob", BOB, BOB_6)))
                .withMessageContaining("Ping from alice to fd00::5")
                .withMessageContaining("expected: no reply to requests that were sent");
    }

    @Test
    void noAnswerToAQuestionThatWasNeverAskedProvesNothing() {
        unanswered.add("alice pings 198.18.9.5");
        questionLeaves = false;

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(node("alice", ALICE)).doesNotReach(node("bob", BOB)))
                .withMessage("none came: a question of alice for bob");
    }

    @Test
    void noAnswerOfOneWhoIsNotThereProvesNothing() {
        unanswered.addAll(Set.of("alice pings 198.18.9.5", "bob pings 198.18.9.5"));

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertThat(node("alice", ALICE)).doesNotReach(node("bob", BOB)))
                .withMessageContaining("Ping from bob to 198.18.9.5")
                .withMessageContaining("expected: at least one reply");
    }

    @Test
    void itselfIsNobodyElse() {
        Client alice = node("alice", ALICE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(alice).reaches(alice))
                .withMessage("alice is asked whether it reaches itself, name another node");
    }

    private Client node(String name, InterfaceIp... addresses) {
        Map<String, Function<Object[], Object>> methods = new HashMap<>();
        methods.put("name", none -> name);
        methods.put("nic", none -> "eth0");
        methods.put("mac", none -> MacAddress.of("02:c1:12:09:00:04"));
        methods.put("ip", none -> addresses[0].ip());
        methods.put("ip6", none -> addresses[1].ip());
        methods.put(
                "addresses",
                none -> List.of(addresses).stream()
                        .map(address -> new AssignedAddress("eth0", address, "global"))
                        .toList());
        methods.put("flushNeighbours", none -> done.add(name + " forgets"));
        methods.put("ping", args -> ping(name, (InetAddress) args[0]));
        methods.put("capture", none -> capture());
        return Fake.of(Client.class, methods);
    }

    private PingResult ping(String from, InetAddress to) {
        String line = "%s pings %s".formatted(from, InterfaceIp.text(to));
        done.add(line);
        boolean silent = unanswered.contains(line);
        if (silent) {
            awaitTheOthers();
        }
        return new PingResult(from, to, silent ? Outcome.SILENT : Outcome.ANSWERED, 1, silent ? 0 : 1, List.of(), "");
    }

    private void awaitTheOthers() {
        try {
            together.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("one ping after the other", e);
        }
    }

    private Capture capture() {
        return Fake.of(Capture.class, Map.of("close", none -> "", "await", args -> {
            if (!questionLeaves) {
                throw new AssertionError("none came: " + args[0]);
            }
            done.add("waited for " + args[0]);
            return WrongUse.nothing();
        }));
    }
}
