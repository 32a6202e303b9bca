package io.github.taplab.samples.modes;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.spec.MacvtapMode.BRIDGE;
import static io.github.taplab.spec.MacvtapMode.PRIVATE;
import static io.github.taplab.spec.MacvtapMode.VEPA;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Client;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Undo;
import io.github.taplab.samples.Question;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.MacvtapMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The mode is each macvtap's own. On the way out it decides who beside it hears a frame; what comes back from the
 * switch is judged by its sender's mode if it is for many, and by nothing but its MAC address if it is for one
 * (macvlan.c, {@code macvlan_queue_xmit} and {@code macvlan_handle_frame}).
 */
@Question(
        value = "Can macvtaps of different modes share a parent interface, and who talks to whom then?",
        answer = "All modes but passthru can; only those in mode bridge hear each other, unless the switch sends frames"
                + " back")
@LabContainer(ipv6 = true)
@Order(406)
@DisplayName("4.6 Several modes on one parent")
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; the hairpin is on as long as its block lasts.
class MixedModesTests {

    private static final Map<String, MacvtapMode> MODES =
            Map.of("bridge1", BRIDGE, "bridge2", BRIDGE, "vepa1", VEPA, "vepa2", VEPA, "private1", PRIVATE);

    private static final MacAddress ALL_IPV6_NODES = MacAddress.of("33:33:00:00:00:01");

    @FromLab
    Launcher launcher;

    @FromLab
    Client client;

    @Test
    @Order(1)
    @DisplayName("those in mode bridge hear each other, be it unicast, broadcast or multicast, and nobody else does")
    void onlyBridgesHearEachOther() {
        Map<String, Set<String>> bridges = Map.of(
                "bridge1", Set.of("bridge2"),
                "bridge2", Set.of("bridge1"),
                "vepa1", Set.of(),
                "vepa2", Set.of(),
                "private1", Set.of());
        try (Stations stations = Stations.on(launcher, client, MODES)) {
            assertThat(stations.hearEachOther()).isEqualTo(bridges);
            assertThat(stations.hearInGroup(MacAddress.BROADCAST)).isEqualTo(bridges);
            assertThat(stations.hearInGroup(ALL_IPV6_NODES)).isEqualTo(bridges);
        }
    }

    @Test
    @Order(2)
    @DisplayName("broken on purpose: through a hairpin all hear what is for them alone, the private one too")
    void throughAHairpinAllHearUnicast() {
        try (Stations stations = Stations.on(launcher, client, MODES);
                Undo hairpin = launcher.enableHairpin()) {
            assertThat(stations.hearEachOther())
                    .isEqualTo(Map.of(
                            "bridge1", Set.of("bridge2", "vepa1", "vepa2", "private1"),
                            "bridge2", Set.of("bridge1", "vepa1", "vepa2", "private1"),
                            "vepa1", Set.of("bridge1", "bridge2", "vepa2", "private1"),
                            "vepa2", Set.of("bridge1", "bridge2", "vepa1", "private1"),
                            "private1", Set.of("bridge1", "bridge2", "vepa1", "vepa2")));
        }
    }

    @Test
    @Order(3)
    @DisplayName("and what is for many they hear but for the private one, which hears nobody but itself")
    void throughAHairpinThePrivateOneHearsItself() {
        Map<String, Set<String>> allButThePrivateOne = Map.of(
                "bridge1", Set.of("bridge2", "vepa1", "vepa2"),
                "bridge2", Set.of("bridge1", "vepa1", "vepa2"),
                "vepa1", Set.of("bridge1", "bridge2", "vepa2"),
                "vepa2", Set.of("bridge1", "bridge2", "vepa1"),
                "private1", Set.of("private1"));
        try (Stations stations = Stations.on(launcher, client, MODES);
                Undo hairpin = launcher.enableHairpin()) {
            assertThat(stations.hearInGroup(MacAddress.BROADCAST)).isEqualTo(allButThePrivateOne);
            assertThat(stations.hearInGroup(ALL_IPV6_NODES)).isEqualTo(allButThePrivateOne);
        }
    }

    @Test
    @Order(4)
    @DisplayName("mode passthru is refused beside any other")
    void passthruIsRefused() {
        for (MacvtapMode first : List.of(BRIDGE, VEPA, PRIVATE)) {
            try (Stations stations = Stations.on(launcher, client, Map.of("first", first))) {
                CommandResult second = Stations.tryAdd(launcher, "second", MacvtapMode.PASSTHRU);
                assertThat(second).hasExitCode(2);
                assertThat(second.stderr()).contains("Invalid argument");
            }
        }
    }
}
