package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Shell;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers are iproute2 6.15's. */
class RxFilterTests {

    private static final MacAddress GROUP = MacAddress.of("01:00:5e:00:00:77");
    private static final String JOINED = """
            [{"ifindex":5,"ifname":"eth0","maddr":[{"link":"01:00:5e:00:00:01"},\
            {"link":"33:33:ff:00:00:09"},{"link":"01:00:5e:00:00:77","features":"static"},\
            {"family":"inet","address":"224.0.0.1"},{"family":"inet6","address":"ff02::1:ff00:9"}]}]""";
    private static final String NOT_JOINED =
            JOINED.replace("{\"link\":\"01:00:5e:00:00:77\",\"features\":\"static\"},", "");

    private final List<String> changes = new ArrayList<>();

    private RxFilter filter(String answer) {
        Shell shell = (deadline, argv) -> {
            if (!argv[1].equals("-j")) {
                changes.add(String.join(" ", argv));
            }
            return new CommandResult("client", List.of(argv), 0, answer, "", Duration.ZERO);
        };
        return new RxFilter(shell, "eth0");
    }

    @Test
    void groupsAreMacAddresses() {
        assertThat(filter(JOINED).groups())
                .containsExactly(MacAddress.of("01:00:5e:00:00:01"), MacAddress.of("33:33:ff:00:00:09"), GROUP);
        assertThat(filter("[]").groups()).isEmpty();
    }

    @Test
    void joinsAndLeavesOnce() {
        Undo leave = filter(NOT_JOINED).join(GROUP);
        assertThat(changes).containsExactly("ip maddress add 01:00:5e:00:00:77 dev eth0");

        leave.close();
        leave.close();
        assertThat(changes)
                .containsExactly(
                        "ip maddress add 01:00:5e:00:00:77 dev eth0", "ip maddress delete 01:00:5e:00:00:77 dev eth0");
    }

    @Test
    void whatWasJoinedByHandStays() {
        filter(JOINED).join(GROUP).close();

        assertThat(changes).isEmpty();
    }

    @Test
    void whatTheKernelHasJoinedIsJoinedAgain() {
        filter(JOINED).join(MacAddress.of("33:33:ff:00:00:09")).close();

        assertThat(changes)
                .containsExactly(
                        "ip maddress add 33:33:ff:00:00:09 dev eth0", "ip maddress delete 33:33:ff:00:00:09 dev eth0");
    }

    @Test
    void onlyAGroupCanBeJoined() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter(JOINED).join(MacAddress.of("02:9e:12:09:00:05")))
                .withMessage("02:9e:12:09:00:05 is one station's address,"
                        + " a group's has the lowest bit of its first octet set");
        assertThat(changes).isEmpty();
    }

    @Test
    void switchesOnAndOff() {
        String off = "[{\"ifname\":\"eth0\",\"flags\":[\"BROADCAST\",\"MULTICAST\",\"UP\"]}]";
        filter(off).promiscuous().close();
        filter(off).allMulticast().close();

        assertThat(changes)
                .containsExactly(
                        "ip link set dev eth0 promisc on",
                        "ip link set dev eth0 promisc off",
                        "ip link set dev eth0 allmulticast on",
                        "ip link set dev eth0 allmulticast off");
    }

    @Test
    void whatWasOnStaysOn() {
        String on = "[{\"ifname\":\"eth0\",\"flags\":[\"BROADCAST\",\"ALLMULTI\",\"PROMISC\",\"UP\"]}]";
        filter(on).promiscuous().close();
        filter(on).allMulticast().close();

        assertThat(changes).isEmpty();
    }
}
