package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NeighbourQuestionTests {

    private static final InetAddress IP = InterfaceIp.ip("198.18.9.5");
    private static final InetAddress IP6 = InterfaceIp.ip("fd00::5");
    private static final MacAddress CLIENT = MacAddress.of("02:c1:12:09:00:04");
    private static final MacAddress GUEST = MacAddress.of("02:9e:00:00:00:05");
    private static final String BRIEFLY = "timeout -s INT 0.100 arping -b -c 1000 -w 1 -I eth0 198.18.9.5";
    private static final String ONCE_MORE = "arping -b -c 1000 -w 1 -I eth0 198.18.9.5";

    private final List<String> asked = new ArrayList<>();
    private final Deque<CommandResult> answers = new ArrayDeque<>();
    private final Shell node = (deadline, argv) -> {
        asked.add(String.join(" ", argv));
        CommandResult next = answers.remove();
        return new CommandResult("asker", List.of(argv), next.exitCode(), next.stdout(), next.stderr(), next.took());
    };

    @Test
    void whenAllHaveAnsweredThatHaveTheAddressItIsOver() {
        answers.add(arping(124, GUEST, CLIENT));

        NeighbourAnswers found = ask(IP, having(GUEST), having(), having(CLIENT));

        assertThat(found.macs()).containsExactly(GUEST, CLIENT);
        assertThat(found.output()).isEqualTo(arping(124, GUEST, CLIENT).stdout());
        assertThat(asked).containsExactly(BRIEFLY);
    }

    /** The slow one is heard in the second that follows, and counts. */
    @Test
    void whileOneThatHasItIsSilentItIsAskedOnceMore() {
        answers.add(arping(124, CLIENT));
        answers.add(arping(1, CLIENT, GUEST));

        assertThat(ask(IP, having(CLIENT), having(GUEST)).macs()).containsExactly(GUEST, CLIENT);
        assertThat(asked).containsExactly(BRIEFLY, ONCE_MORE);
    }

    /** A guest on a busy machine; silence is a verdict only when it has had its time. */
    @Test
    void whoHasItAndIsStillSilentIsAskedAThirdTime() {
        answers.add(arping(124));
        answers.add(arping(1));
        answers.add(arping(1, GUEST));

        assertThat(ask(IP, having(), having(GUEST)).macs()).containsExactly(GUEST);
        assertThat(asked).containsExactly(BRIEFLY, ONCE_MORE, ONCE_MORE);
    }

    @Test
    void whoIsSilentThenDoesNotAnswer() {
        answers.add(arping(124, CLIENT));
        answers.add(arping(1, CLIENT));
        answers.add(arping(1, CLIENT));

        assertThat(ask(IP, having(CLIENT), having(GUEST)).macs()).containsExactly(CLIENT);
        assertThat(asked).containsExactly(BRIEFLY, ONCE_MORE, ONCE_MORE);
    }

    /** Who has answered once has, whatever comes later. */
    @Test
    void anAnswerToEitherQuestionCounts() {
        answers.add(arping(124, CLIENT));
        answers.add(arping(1, GUEST));

        NeighbourAnswers found = ask(IP, having(CLIENT), having(GUEST));

        assertThat(found.macs()).containsExactly(GUEST, CLIENT);
        assertThat(found.output())
                .isEqualTo(arping(124, CLIENT).stdout() + arping(1, GUEST).stdout());
    }

    static List<List<Station>> othersThanThoseWhoAnswered() {
        return List.of(
                List.of(),
                List.of(having()),
                List.of(having(GUEST), notKnowing()),
                List.of(having(GUEST), failing(new IllegalStateException("guest's container is gone"))),
                List.of(having(GUEST), failing(new AssertionError())));
    }

    @ParameterizedTest
    @MethodSource("othersThanThoseWhoAnswered")
    void whereTheNodesSayElseOrNothingItIsAskedOnceMore(List<Station> stations) {
        answers.add(arping(124, GUEST));
        answers.add(arping(1, GUEST));

        assertThat(ask(IP, stations.toArray(Station[]::new)).macs()).containsExactly(GUEST);
        assertThat(asked).containsExactly(BRIEFLY, ONCE_MORE);
    }

    @Test
    void whileANodeStartsItIsAskedOnceMore() {
        answers.add(arping(124, GUEST));
        answers.add(arping(1, GUEST));

        assertThat(new NeighbourQuestion(node, "eth0", Optional::empty).ask(IP).macs())
                .containsExactly(GUEST);
        assertThat(asked).containsExactly(BRIEFLY, ONCE_MORE);
    }

    /** By the nodes' own word nobody has it; that is no observation. A node that does not answer is not waited for. */
    @Test
    void silenceIsKnownAfterTheWholeTimeOnly() {
        CountDownLatch never = new CountDownLatch(1);
        answers.add(arping(124));
        answers.add(arping(1));

        assertThat(ask(IP, having(), waitingFor(never)).macs()).isEmpty();
        assertThat(asked).containsExactly(BRIEFLY, ONCE_MORE);
    }

    @Test
    void aNodeThatDoesNotAnswerIsWaitedForAWhile() {
        CountDownLatch never = new CountDownLatch(1);
        answers.add(arping(124, GUEST));
        answers.add(arping(1, GUEST));

        assertThat(ask(Duration.ofSeconds(1), IP, having(GUEST), waitingFor(never))
                        .macs())
                .containsExactly(GUEST);
        assertThat(asked).containsExactly(BRIEFLY, ONCE_MORE);
    }

    static List<CommandResult> endsBeforeTheQuestion() {
        return List.of(
                result(124, "", ""),
                result(130, "", ""),
                result(124, "ARPING 198.18.9.5 from 198.18.9.2 eth0\n", ""),
                result(124, "Sent 0 probes (0 broadcast(s))\nReceived 0 response(s)\n", ""),
                result(1, "", "timeout: invalid number '0.100'\n"));
    }

    @ParameterizedTest
    @MethodSource("endsBeforeTheQuestion")
    void aShortQuestionThatEndedBeforeItWasAskedIsNoVerdict(CommandResult shortOne) {
        answers.add(shortOne);
        answers.add(arping(1, GUEST));

        assertThat(ask(IP, having(GUEST)).macs()).containsExactly(GUEST);
        assertThat(asked).containsExactly(BRIEFLY, ONCE_MORE);
    }

    @Test
    void aToolThatIsNotThereIsNoSilence() {
        answers.add(result(127, "", "timeout: failed to run command 'arping': No such file or directory\n"));
        answers.add(result(127, "", "arping: No such file or directory\n"));

        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> ask(IP, having(GUEST)))
                .withMessageContaining("on asker: " + ONCE_MORE);
    }

    @Test
    void anIpv6AddressIsSolicited() {
        answers.add(ndisc6(GUEST));

        assertThat(ask(IP6, having(GUEST)).macs()).containsExactly(GUEST);
        assertThat(asked).containsExactly("ndisc6 -m -n -r 1 -w 100 fd00::5 eth0");
    }

    @Test
    void anIpv6AddressOfNobodyIsSolicitedAsAKernelDoes() {
        answers.add(result(2, "Timed out.\nNo response.\n", ""));
        answers.add(result(2, "Timed out.\nTimed out.\nTimed out.\nNo response.\n", ""));

        assertThat(ask(IP6, having()).macs()).isEmpty();
        assertThat(asked)
                .containsExactly("ndisc6 -m -n -r 1 -w 100 fd00::5 eth0", "ndisc6 -m -n -r 3 -w 1000 fd00::5 eth0");
    }

    @Test
    void whoIsInterruptedWaitsForNoNode() {
        CountDownLatch never = new CountDownLatch(1);
        answers.add(arping(124, GUEST));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedWaitException.class)
                .isThrownBy(() -> ask(IP, having(GUEST), waitingFor(never)));
        assertThat(asked).containsExactly(BRIEFLY);
    }

    @Test
    void whoIsWaitedForNoLongerIsInterrupted() {
        CompletableFuture<InterruptedException> interrupted = new CompletableFuture<>();
        answers.add(arping(124));
        answers.add(arping(1));

        ask(IP, station(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(e);
            }
            return Optional.empty();
        }));

        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(10));
    }

    private NeighbourAnswers ask(InetAddress ip, Station... stations) {
        return ask(Duration.ofSeconds(20), ip, stations);
    }

    private NeighbourAnswers ask(Duration ownWord, InetAddress ip, Station... stations) {
        return new NeighbourQuestion(node, "eth0", () -> Optional.of(List.of(stations)), ownWord).ask(ip);
    }

    private static Station having(MacAddress... macs) {
        return station(() -> Optional.of(Set.of(macs)));
    }

    private static Station notKnowing() {
        return station(Optional::empty);
    }

    private static Station failing(Throwable failure) {
        return station(() -> {
            throw failure;
        });
    }

    private static Station waitingFor(CountDownLatch never) {
        return station(() -> {
            never.await();
            return Optional.empty();
        });
    }

    private interface Word {
        Optional<Set<MacAddress>> say() throws Throwable;
    }

    private static Station station(Word word) {
        return new Station() {

            @Override
            public String name() {
                return "node";
            }

            @Override
            public Optional<Set<MacAddress>> answerers(InetAddress ip) {
                try {
                    return word.say();
                } catch (RuntimeException | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static CommandResult arping(int exitCode, MacAddress... macs) {
        StringBuilder said = new StringBuilder("ARPING 198.18.9.5 from 198.18.9.2 eth0\n");
        for (MacAddress mac : macs) {
            said.append("Unicast reply from 198.18.9.5 [%s]  0.556ms%n".formatted(mac));
        }
        said.append("Sent 1 probes (1 broadcast(s))%nReceived %d response(s)%n".formatted(macs.length));
        return result(exitCode, said.toString(), "");
    }

    private static CommandResult ndisc6(MacAddress mac) {
        return result(0, "Soliciting fd00::5 on eth0...%nTarget link-layer address: %s%n".formatted(mac), "");
    }

    private static CommandResult result(int exitCode, String stdout, String stderr) {
        return new CommandResult("asker", List.of("arping"), exitCode, stdout, stderr, Duration.ZERO);
    }
}
