package io.github.taplab.samples.identity;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@LabContainer(launchers = {"west", "east"})
@MacvtapVm(name = "left", launcher = "west", mac = "02:9e:00:00:00:77")
@MacvtapVm(name = "right", launcher = "east", mac = "02:9e:00:00:00:77")
@Order(201)
@Tag("story")
@DisplayName("2.1 One MAC address twice")
class SameMacTests {

    @Test
    @Order(1)
    @DisplayName("on one parent interface: the kernel refuses the second macvtap")
    void oneParentRefusesIt(@FromLab("west") Launcher west, @FromLab("left") Guest left) {
        CommandResult second = addMacvtap(west, left.mac().toString());

        assertThat(second.succeeded()).isFalse();
        assertThat(second.stderr()).contains("Address already in use");
        // The name and the rest were no obstacle.
        assertThat(addMacvtap(west, left.mac().sibling().toString())).succeeded();
        west.run("ip", "link", "delete", "twin0");
    }

    /** The switch has one place for an address: the port on which it saw it last. */
    @Test
    @Order(2)
    @DisplayName("on two parents: frames go to the guest that spoke last, the other is cut off until it speaks")
    void theLastSpeakerGetsTheFrames(@FromLab("left") Guest left, @FromLab("right") Guest right, Client client) {
        assertThat(left.mac()).isEqualTo(right.mac());

        speakAndBeHeard(left, right, client);
        speakAndBeHeard(right, left, client);
        speakAndBeHeard(left, right, client);
    }

    private static final int AT_ONCE = 5;

    // Repeated as a whole: the silent guest's kernel may say something by itself in between. And it is asked at once: a
    // client that gets no answer asks for the MAC address again after some seconds, and who answers has spoken.
    private static void speakAndBeHeard(Guest speaker, Guest silent, Client client) {
        eventually(() -> {
            assertThat(speaker).reaches(client.ip());
            assertThat(client).reaches(speaker.ip());
            assertThat(client.ping(silent.ip(), AT_ONCE)).isSilent();
        });
    }

    private static CommandResult addMacvtap(Launcher launcher, String mac) {
        return launcher.tryRun(
                "ip", "link", "add", "link", "eth0", "name", "twin0", "address", mac, "up", "type", "macvtap");
    }
}
