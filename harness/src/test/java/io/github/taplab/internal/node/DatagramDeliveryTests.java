package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.Fake;
import io.github.taplab.capture.Capture;
import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.capture.Frame;
import io.github.taplab.capture.Ports;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.ContainerNode;
import io.github.taplab.node.Delivery;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Link;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DatagramDeliveryTests {

    private static final MacAddress GROUP = MacAddress.of("03:c1:12:09:00:04");

    private final List<EthernetFrame> sent = new ArrayList<>();
    private boolean parentIsReached = true;
    private boolean macvtapTakesIn = true;
    private boolean macvtapIsDeaf;

    @Test
    void toTheGuest() {
        assertThat(DatagramDelivery.of(client(), GROUP, guest())).isEqualTo(Delivery.TO_GUEST);
        assertThat(sent).extracting(EthernetFrame::destination).containsExactly(GROUP, MacAddress.BROADCAST);
    }

    @Test
    void toTheParent() {
        macvtapTakesIn = false;

        assertThat(DatagramDelivery.of(client(), GROUP, guest())).isEqualTo(Delivery.TO_PARENT);
    }

    @Test
    void whatDidNotComeToTheParentProvesNothing() {
        parentIsReached = false;

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> DatagramDelivery.of(client(), GROUP, guest()))
                .withMessage("eth0: none came, the datagram to 03:c1:12:09:00:04");
    }

    @Test
    void aMacvtapThatTakesNothingInProvesNothing() {
        macvtapIsDeaf = true;

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> DatagramDelivery.of(client(), GROUP, guest()))
                .withMessage("macvtap0: none came, the broadcast that was sent after it");
    }

    @Test
    void countersOfAKernelThatHasNone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DatagramDelivery.unheardDatagrams(snmp("Udp: InDatagrams\nUdp: 3\n")))
                .withMessage("/proc/net/snmp has no counter NoPorts of UDP: [[Udp:, InDatagrams], [Udp:, 3]]");
    }

    private static Shell snmp(String text) {
        return (deadline, argv) -> new CommandResult("guest", List.of(argv), 0, text, "", Duration.ZERO);
    }

    private ContainerNode client() {
        return Fake.of(
                ContainerNode.class,
                Map.of(
                        "nic", none -> "eth0",
                        "mac", none -> MacAddress.of("02:c1:12:09:00:04"),
                        "ip", none -> InterfaceIp.ip("198.18.9.4"),
                        "send", args -> sent.add((EthernetFrame) args[args.length - 1])));
    }

    private Guest guest() {
        Launcher launcher = Fake.of(
                Launcher.class,
                Map.of("parent", none -> link("eth0", "veth"), "capture", args -> capture((String) args[0])));
        Map<String, Function<Object[], Object>> methods = new HashMap<>();
        methods.put("name", none -> "guest");
        methods.put("ip", none -> InterfaceIp.ip("198.18.9.5"));
        methods.put("launcher", none -> launcher);
        methods.put("macvtap", none -> link("macvtap0", "macvtap"));
        // It counts the datagram, and one that nobody has sent.
        methods.put(
                "tryRun",
                args -> snmp("Udp: InDatagrams NoPorts\nUdp: 3 %d\n".formatted(7 + sent.size()))
                        .tryRun("cat"));
        return Fake.of(Guest.class, methods);
    }

    private Capture capture(String link) {
        return Fake.of(
                Capture.class,
                Map.of("close", none -> "", "frames", none -> passed(link), "await", args -> await(link, args)));
    }

    @SuppressWarnings("unchecked") // As a capture's method is declared.
    private Object await(String link, Object[] args) {
        return passed(link).stream()
                .filter((Predicate<Frame>) args[1])
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s: none came, %s".formatted(link, args[0])));
    }

    private List<Frame> passed(String link) {
        return sent.stream()
                .filter(frame -> link.equals("eth0")
                        ? parentIsReached
                        : !macvtapIsDeaf
                                && (macvtapTakesIn || frame.destination().equals(MacAddress.BROADCAST)))
                .map(DatagramDeliveryTests::asSeen)
                .toList();
    }

    private static Frame asSeen(EthernetFrame frame) {
        return new Frame(
                Instant.EPOCH,
                frame.source(),
                frame.destination(),
                Optional.empty(),
                frame.etherType(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                frame.etherType() == Frame.ETHERTYPE_IPV4 ? Optional.of(new Ports(40_000, 9)) : Optional.empty(),
                Optional.empty());
    }

    private static Link link(String name, String kind) {
        return new Link(
                "launcher",
                name,
                3,
                MacAddress.of("02:9e:12:09:00:05"),
                Optional.of(kind),
                Optional.of("eth0"),
                Optional.of("bridge"),
                true,
                true,
                "up",
                1500,
                0,
                0,
                false,
                false);
    }
}
