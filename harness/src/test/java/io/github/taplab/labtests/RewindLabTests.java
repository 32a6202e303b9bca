package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.EachAttachment;
import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each test of a lab that goes back finds what the first one found, whatever the one before has left. */
@LabContainer(
        scope = LabScope.REWIND,
        ipv6 = true,
        clients = {"client", "later"})
@EachAttachment({Attachment.DIRECT, Attachment.QEMU})
@MacvtapVm
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings({"NullAway.Init", "CheckReturnValue"}) // The lab sets the fields; faults are left on purpose.
@Order(6) // One of the longest, so among the first: the last one would run alone.
class RewindLabTests {

    private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:77");

    /** What a test leaves behind. None takes it back. */
    enum Left {
        NOTHING(lab -> {}),
        A_FILE_OF_THE_GUEST(lab -> lab.guest().run("touch", "/left")),
        AN_ADDRESS_OF_THE_GUEST(lab -> lab.guest().removeAddress(lab.guest().interfaceIp())),
        A_MAC_ADDRESS_OF_THE_GUEST(lab -> lab.guest().setMac(OTHER)),
        A_GUEST_WITHOUT_ITS_NIC(lab -> lab.guest().hotUnplug()),
        A_GUEST_THAT_STANDS_STILL(lab -> lab.guest().suspend()),
        A_GUEST_WITHOUT_A_CABLE(lab -> lab.guest().unplugCable()),
        A_GUEST_WHOSE_KERNEL_HAS_GIVEN_UP(lab -> {
            lab.guest().console().type("\necho 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger\n");
            lab.guest().console().awaitLine("end Kernel panic", Duration.ofSeconds(30));
        }),
        // Behind the one before: what its kernel said is still on the console.
        A_GUEST_THAT_HAS_RESTARTED(lab -> lab.guest().reboot()),
        A_CLIENT_WITHOUT_A_CABLE(lab -> lab.client("client").unplugCable()),
        A_CLIENT_THAT_IS_DOWN(lab -> lab.client("client").setDown("eth0")),
        AN_ADDRESS_OF_A_CLIENT(lab -> lab.client("client").run("ip", "address", "flush", "dev", "eth0")),
        A_SECOND_ADDRESS_OF_A_CLIENT(
                lab -> lab.client("client")
                        .run(
                                "sh",
                                "-c",
                                "ip address add 198.18.0.7/32 dev eth0; ip route add 198.19.7.0/24 dev eth0; ip rule add pref 7 table 7")),
        NEIGHBOURS_OF_A_CLIENT(
                lab -> lab.client("client").poisonNeighbour(lab.guest().ip(), OTHER)),
        A_PACKET_FILTER(lab -> lab.client("client").suppressNeighbourAnswers()),
        A_MACVTAP_OF_THE_LAUNCHER(lab ->
                lab.launcher().run("ip", "link", "add", "link", "eth0", "name", "left", "up", "type", "macvtap")),
        A_MAC_ADDRESS_OF_THE_MACVTAP(lab -> lab.launcher()
                .run("ip", "link", "set", "dev", lab.guest().macvtap().name(), "address", OTHER.toString())),
        A_PROMISCUOUS_LAUNCHER(lab -> lab.launcher().run("ip", "link", "set", "dev", "eth0", "promisc", "on")),
        A_CLIENT_THAT_CAME_LATER(lab -> lab.client("later").run("ip", "address", "flush", "dev", "eth0")),
        NOTHING_MORE(lab -> {});

        @SuppressWarnings("ImmutableEnumChecker") // A lambda without a state.
        private final Consumer<Lab> change;

        Left(Consumer<Lab> change) {
            this.change = change;
        }
    }

    @FromLab
    Lab lab;

    // Each attachment has a lab of its own, and all have this instance.
    private final Map<Lab, String> first = new HashMap<>();
    private Left before = Left.NOTHING;

    @ParameterizedTest
    @EnumSource
    void goesBackFrom(Left left) {
        String now = lookAt(lab);

        assertThat(now).as("what is there after %s", before).isEqualTo(first.computeIfAbsent(lab, unused -> now));
        assertThat(lab.client("client").ping(lab.guest().ip())).isAnswered();
        Duration late = Duration.ofSeconds(3);
        Instant asked = Instant.now();
        assertThat(clock(lab.guest()))
                .isBetween(asked.minus(late), Instant.now().plus(late));
        if (before == Left.A_CLIENT_THAT_CAME_LATER) {
            assertThat(lab.client("later").ping(lab.guest().ip())).isAnswered();
        }
        before = left;
        left.change.accept(lab);
    }

    private static String lookAt(Lab lab) {
        // Whether the kernel still looks for a duplicate of an address depends on the time, and the numbers and the
        // order of interfaces on when they came.
        String network =
                "{ ip -o link; ip -o address; ip -6 route; } | sed -E 's/^[0-9]+: //; s/ tentative//; s/ (proto kernel_ll|nodad)//g' | sort; ip route; ip rule; ip neigh show nud permanent";
        String filter = "; nft -s list ruleset";
        return String.join(
                "\n",
                lab.guest().sh("ls /; " + network).stdout(),
                lab.client("client").sh(network + filter).stdout(),
                lab.launcher()
                        .sh(network + filter)
                        .stdout()
                        .replaceAll("\\b%s\\b".formatted(lab.guest().macvtap().name()), "macvtap of the guest"));
    }

    private static Instant clock(Guest guest) {
        return Instant.ofEpochSecond(Long.parseLong(guest.run("date", "+%s").text()));
    }
}
