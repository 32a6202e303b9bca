package io.github.taplab.samples.delivery;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.samples.Question;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What is counted are the interrupts of each of the NIC's receive queues in the guest. */
@LabContainer
@MacvtapVm(name = "two", queues = 2, cpus = 2)
@MacvtapVm(name = "one", queues = 2)
@Order(516)
@Question(
        value = "Does a macvtap with several queues use them all?",
        answer =
                "Each flow has its queue, chosen by a hash, so several flows use several queues and one flow one; a guest with one CPU switches the others off")
@DisplayName("5.16 A macvtap with several queues")
@SuppressWarnings("NullAway.Init") // The lab sets the fields.
class QueuesTests {

    private static final int PACKETS = 64;
    // Of 64 flows each queue gets half, give or take 8.
    private static final int MANY = 10;
    // A busy guest takes several datagrams for one interrupt. No more, so that the client's own ARP is never many.
    private static final int ROUNDS = 3;
    private static final String SEND = """
            port=40000
            for i in $(seq %d); do
              echo taplab | socat -u - UDP:%s:9,sourceport=$port
              port=$((port + 1))
            done
            """;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("many flows: both queues carry traffic")
    void manyFlowsUseBothQueues(@FromLab("two") Guest guest) {
        long[] before = interrupts(guest);
        for (int round = 0; round < ROUNDS && !since(before, guest).stream().allMatch(QueuesTests::isMany); round++) {
            sendByManySockets(guest);
        }
        eventually(() -> assertThat(since(before, guest)).allMatch(QueuesTests::isMany));
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: one flow stays in one queue, whatever it sends")
    void oneFlowStaysInOneQueue(@FromLab("two") Guest guest) {
        long[] before = interrupts(guest);
        for (int round = 0; round < ROUNDS && Collections.max(since(before, guest)) <= PACKETS / 2; round++) {
            assertThat(client.ping(guest.ip(), PACKETS)).isAnswered();
        }
        eventually(() -> {
            assertThat(Collections.max(since(before, guest))).isGreaterThan(PACKETS / 2);
            // The client's own ARP and the answers to it may be another flow's.
            assertThat(Collections.min(since(before, guest))).isLessThan(MANY);
        });
    }

    @Test
    @Order(3)
    @DisplayName("broken on purpose: a guest with one CPU takes all flows by its first queue")
    void oneCpuUsesOneQueue(@FromLab("one") Guest guest) {
        assertThat(guest.run("ls", "/sys/class/net/eth0/queues")).printed("rx-0\ntx-0");
        long[] before = interrupts(guest);
        long received = guest.link("eth0").received();
        sendByManySockets(guest);
        // A busy guest takes many frames for one interrupt.
        eventually(() -> assertThat(guest.link("eth0").received()).isGreaterThanOrEqualTo(received + PACKETS));
        assertThat(since(before, guest).get(0)).isPositive();
        assertThat(since(before, guest).get(1)).isZero();
    }

    private static boolean isMany(long count) {
        return count >= MANY;
    }

    /** Each has a hash of its own, which goes along with its frames as long as they are on this machine. */
    private void sendByManySockets(Guest guest) {
        client.sh(SEND.formatted(PACKETS, guest.ip().getHostAddress()));
    }

    private static List<Long> since(long[] before, Guest guest) {
        long[] now = interrupts(guest);
        return List.of(now[0] - before[0], now[1] - before[1]);
    }

    /** How often each receive queue has interrupted a CPU. */
    private static long[] interrupts(Guest guest) {
        String nic = guest.sh("basename $(readlink /sys/class/net/eth0/device)").text();
        List<String> lines =
                guest.run("cat", "/proc/interrupts").stdout().lines().toList();
        return new long[] {count(lines, nic + "-input.0"), count(lines, nic + "-input.1")};
    }

    private static long count(List<String> lines, String queue) {
        return lines.stream()
                .filter(line -> line.endsWith(queue))
                .flatMap(line -> Arrays.stream(line.strip().split("\\s+")))
                .filter(Pattern.compile("\\d+").asMatchPredicate())
                .mapToLong(Long::parseLong)
                .sum();
    }
}
