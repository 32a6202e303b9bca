package io.github.taplab.internal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever tc and ip print of queues and networks: it is understood, or thrown with all that they said. */
class QueueTextPropertiesTests {

    @Property
    void ofTc(@ForAll("queues") String json) {
        Throwable thrown = catchThrowable(() -> Qdiscs.next("eth0", json));
        if (thrown != null) {
            assertThat(thrown).isExactlyInstanceOf(IllegalStateException.class);
        }
    }

    @Property
    void ofIp(@ForAll("states") String text) {
        Throwable thrown = catchThrowable(() -> {
            NetworkState state = NetworkStateText.read(text);
            new NetworkChange(state, state).linksBack();
            new NetworkChange(state, state).addressesBack(state);
            new NetworkChange(state, state).routesBack(state, "-4");
        });
        if (thrown != null) {
            assertThat(thrown).isExactlyInstanceOf(IllegalStateException.class);
        }
    }

    /** Found: a NumberFormatException. */
    @Example
    void aHandleThatIsNoNumber() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Qdiscs.next("eth0", "[{\"kind\":\"tbf\",\"handle\":\"x:\"}]"))
                .withMessage("tc -j printed a handle that is no number: [{\"kind\":\"tbf\",\"handle\":\"x:\"}]");
    }

    /** Found: an ArrayIndexOutOfBoundsException, as of a node where ip was killed. */
    @Example
    void aStateThatBreaksOff() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NetworkStateText.read("[]"))
                .withMessage("ip printed 1 of the 4 parts of a network's state: []");
    }

    @Provide
    Arbitrary<String> queues() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.json("kind", "handle", "root", "parent", "options"),
                Garbage.mutated("[{\"kind\":\"noqueue\",\"handle\":\"0:\",\"root\":true}]".replace("0:", "8001:")));
    }

    @Provide
    Arbitrary<String> states() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.json("ifname", "addr_info").map(json -> json + "\n--\na\n--\nb\n--\nc\n"),
                Garbage.mutated("""
                        [{"ifname":"eth0","flags":["UP"],"mtu":1500,"address":"02:9e:12:09:00:05","operstate":"UP",\
                        "addr_info":[{"family":"inet","local":"198.18.9.5","prefixlen":24,"scope":"global"}]}]
                        --
                        default via 198.18.9.1 dev eth0
                        198.18.9.0/24 dev eth0 proto kernel scope link src 198.18.9.5
                        --
                        fe80::/64 dev eth0 proto kernel metric 256 pref medium
                        --
                        198.18.9.4 dev eth0 lladdr 02:c1:12:09:00:04 PERMANENT
                        """));
    }
}
