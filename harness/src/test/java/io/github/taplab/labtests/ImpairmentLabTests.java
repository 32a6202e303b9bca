package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Node;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Impairment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves a node suffers, whatever the kernel has to make it suffer with. */
@LabContainer
@MacvtapVm
@SuppressWarnings("try") // A fault is there as long as its block lasts.
class ImpairmentLabTests {

    private static final int MANY = 200;
    private static final int FEW = 3;
    private static final Pattern SHORTEST_TIME = Pattern.compile("min/avg/max/?[a-z]* = ([0-9.]+)/");

    private final Map<Node, String> queues = new HashMap<>();

    private static Node node(String name, Lab lab) {
        return switch (name) {
            case "guest" -> lab.guest();
            case "launcher" -> lab.launcher();
            default -> lab.client();
        };
    }

    /** Whose answer a ping waits for; both know each other, so that no question for a neighbour suffers. */
    private static Node other(Node node, Lab lab) {
        Node other = node.equals(lab.client()) ? lab.launcher() : lab.client();
        assertThat(node).reaches(other.ip());
        assertThat(other).reaches(node.ip());
        return other;
    }

    @BeforeEach
    void look(Lab lab) {
        for (Node node : List.of(lab.launcher(), lab.client())) {
            queues.put(node, node.run("tc", "qdisc", "show").stdout());
        }
    }

    @AfterEach
    void nothingIsLeft(Lab lab) {
        for (Node node : List.of(lab.launcher(), lab.client())) {
            assertThat(node.run("nft", "list", "tables").stdout()).doesNotContain("taplab_");
            assertThat(node.run("tc", "qdisc", "show").stdout()).isEqualTo(queues.get(node));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "launcher", "guest"})
    void loss(String name, Lab lab) {
        Node node = node(name, lab);
        Node other = other(node, lab);
        try (Undo total = node.impair(Impairment.loss(100))) {
            assertThat(node).doesNotReach(other.ip());
        }
        other(node, lab);
        // 200 of 200 or none at all have a chance of less than 1 in 10^20.
        try (Undo some = node.impair(Impairment.loss(30))) {
            PingResult ping = node.ping(other.ip(), MANY);
            assertThat(ping.sent()).isEqualTo(MANY);
            assertThat(ping.received()).isStrictlyBetween(0, MANY);
        }
        // Questions for MAC addresses were lost, too: a kernel that has had no answer drops what waits for one.
        other(node, lab);
        assertThat(node.ping(other.ip(), MANY)).isAnsweredWithoutLoss();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "launcher", "guest"})
    void duplication(String name, Lab lab) {
        Node node = node(name, lab);
        Node other = other(node, lab);
        try (Undo twice = node.impair(Impairment.duplication(100))) {
            assertThat(echosReceivedBy(other, () -> node.ping(other.ip(), FEW))).isEqualTo(2 * FEW);
            try (Undo again = node.impair(Impairment.duplication(100))) {
                assertThat(echosReceivedBy(other, () -> node.ping(other.ip(), FEW)))
                        .isGreaterThan(2 * FEW);
            }
        }
        assertThat(echosReceivedBy(other, () -> node.ping(other.ip(), FEW))).isEqualTo(FEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void delay(String name, Lab lab) {
        Node node = node(name, lab);
        Node other = other(node, lab);
        Impairment late = Impairment.delay(Duration.ofMillis(150)).and(Impairment.loss(1));
        if (netemIsThere(lab)) {
            try (Undo slow = node.impair(late)) {
                assertThat(shortestTimeOf(node.ping(other.ip(), MANY))).isGreaterThanOrEqualTo(150);
            }
        } else {
            assertThatThrownBy(() -> node.impair(late))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageStartingWith("Can't delay what leaves " + name
                            + ": the Docker host's kernel has no netem (module sch_netem), tc on "
                            + (name.equals("guest") ? "launcher" : name) + " says ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void rate(String name, Lab lab) {
        Node node = node(name, lab);
        Node other = other(node, lab);
        node.sh("dd if=/dev/zero of=/tmp/file bs=1000 count=100 && busybox httpd -p 8080 -h /tmp");
        try (Undo slow = node.impair(Impairment.rate(400_000))) {
            assertThatADownloadTakesItsTime(node, other);
            try (Undo faster = node.impair(Impairment.rate(1_000_000_000))) {
                assertThatADownloadTakesItsTime(node, other);
            }
            assertThatADownloadTakesItsTime(node, other);
        }
    }

    /** However slow the machine is, no more passes in a time than the rate allows, and one burst before. */
    private static void assertThatADownloadTakesItsTime(Node from, Node to) {
        String[] sizeAndSeconds = to.run(
                        "curl",
                        "--silent",
                        "--output",
                        "/dev/null",
                        "--write-out",
                        "%{size_download} %{time_total}",
                        "http://" + from.ip().getHostAddress() + ":8080/file")
                .text()
                .split(" ", -1);
        assertThat(sizeAndSeconds[0]).isEqualTo("100000");
        double bits = 100_000 * Byte.SIZE;
        double burst = 12_000 * Byte.SIZE;
        assertThat(bits).isLessThanOrEqualTo(burst + 400_000 * Double.parseDouble(sizeAndSeconds[1]));
    }

    private static boolean netemIsThere(Lab lab) {
        CommandResult tried = lab.client().tryRun("tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms");
        if (tried.succeeded()) {
            lab.client().run("tc", "qdisc", "delete", "dev", "lo", "root");
        }
        return tried.succeeded();
    }

    private static double shortestTimeOf(PingResult ping) {
        Matcher time = SHORTEST_TIME.matcher(ping.output());
        assertThat(time.find()).as(ping.output()).isTrue();
        return Double.parseDouble(time.group(1));
    }

    private static long echosReceivedBy(Node node, Runnable work) {
        long before = echosReceivedBy(node);
        work.run();
        return echosReceivedBy(node) - before;
    }

    private static long echosReceivedBy(Node node) {
        // Two lines start with "Icmp:": the names of the counters, and their values.
        List<List<String>> icmp = node.run("cat", "/proc/net/snmp")
                .stdout()
                .lines()
                .filter(line -> line.startsWith("Icmp:"))
                .map(line -> List.of(line.split(" ", -1)))
                .toList();
        return Long.parseLong(icmp.get(1).get(icmp.get(0).indexOf("InEchos")));
    }
}
