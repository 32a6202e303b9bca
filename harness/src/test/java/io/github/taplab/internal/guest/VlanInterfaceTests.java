package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.WrongUse;
import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.argument.Call;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.InterfaceIp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VlanInterfaceTests {

    private static final Call CALL = new Call("guest", "addVlan");

    private final List<String> commands = new ArrayList<>();
    private final Shell guest = (deadline, argv) -> {
        commands.add(String.join(" ", argv));
        return new CommandResult("guest", List.of(argv), 0, "", "", Duration.ZERO);
    };

    @Test
    void comesUpWithAnAddressAndGoes() {
        VlanInterface vlan = new VlanInterface(CALL, "eth1", 4094);
        vlan.add(guest, InterfaceIp.of("198.18.9.100/24"));
        vlan.remove(guest);

        assertThat(commands)
                .containsExactly(
                        "ip link add link eth1 name eth1.4094 type vlan id 4094",
                        "ip link set dev eth1.4094 up",
                        "ip address add 198.18.9.100/24 dev eth1.4094",
                        "ip link delete dev eth1.4094");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 4095, Integer.MAX_VALUE})
    void anIdThatIsNone(int id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VlanInterface(CALL, "eth0", id))
                .withMessage("guest.addVlan: a VLAN id is 1 to 4094, found " + id);
    }

    @Test
    void withoutAnAddressNothingIsDone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VlanInterface(CALL, "eth0", 42).add(guest, WrongUse.nothing()))
                .withMessage("guest.addVlan: an address must be given, found null");
        assertThat(commands).isEmpty();
    }
}
