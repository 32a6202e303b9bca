package io.github.taplab.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.diagnosis.NodeTables.Wire;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Route;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each rule, where it holds and where it does not. */
class RulesTests {

    private static final MacAddress LAUNCHER = MacAddress.of("02:1a:00:00:00:02");
    private static final MacAddress GUEST = MacAddress.of("02:9e:00:00:00:05");
    private static final MacAddress CLIENT = MacAddress.of("02:c1:00:00:00:04");
    private static final MacAddress STRANGE = MacAddress.of("02:00:00:00:00:99");
    private static final Route DEFAULT = new Route(
            Prefix.ALL_IPV4, Optional.of(InterfaceIp.of("198.18.1.1/24").ip()), "eth0");

    private final List<AssignedAddress> launcherAddresses =
            new ArrayList<>(List.of(new AssignedAddress("lo", InterfaceIp.of("127.0.0.1/8"), "host"), global(2)));
    private final List<AssignedAddress> guestAddresses = new ArrayList<>(List.of(global(5)));
    private final List<Route> guestRoutes = new ArrayList<>(List.of(DEFAULT));
    private final List<Neighbour> neighbours = new ArrayList<>();
    private final List<MacAddress> joined = new ArrayList<>();
    private final List<MacAddress> joinedByMacvtap = new ArrayList<>();
    private final List<AskedServers> servers = new ArrayList<>();
    private boolean whole = true;
    private Link parent = link("launcher", "eth0", LAUNCHER, "veth");
    private Link macvtap = link("launcher", "macvtap0", GUEST, "macvtap");
    private Link nic = link("guest", "eth0", GUEST, "");

    private static AssignedAddress global(int host) {
        return new AssignedAddress("eth0", InterfaceIp.of("198.18.1.%d/24".formatted(host)), "global");
    }

    private static Link link(String node, String name, MacAddress mac, String kind) {
        return link(node, name, mac, kind, "bridge", true, true, 1500);
    }

    private static Link link(
            String node, String name, MacAddress mac, String kind, String mode, boolean up, boolean carrier, int mtu) {
        boolean isMacvtap = kind.equals("macvtap");
        return new Link(
                node,
                name,
                2,
                mac,
                Optional.of(kind).filter(known -> !known.isEmpty()),
                isMacvtap ? Optional.of("eth0") : Optional.empty(),
                isMacvtap ? Optional.of(mode) : Optional.empty(),
                up,
                carrier,
                "up",
                mtu,
                0,
                0,
                false,
                false);
    }

    private void neighbour(int host, MacAddress mac) {
        neighbours.add(new Neighbour(global(host).address().ip(), "eth0", Optional.of(mac), List.of("STALE")));
    }

    private List<String> causes(Rule rule, String failure) {
        LabTables lab = new LabTables(
                List.of(
                        new NodeTables(
                                "launcher",
                                List.of(parent, macvtap),
                                launcherAddresses,
                                List.of(),
                                List.of(),
                                List.of()),
                        new NodeTables(
                                "guest",
                                List.of(nic),
                                guestAddresses,
                                guestRoutes,
                                List.of(),
                                List.of(new Wire(nic, macvtap, Optional.of(parent), joined, joinedByMacvtap))),
                        new NodeTables(
                                "client",
                                List.of(link("client", "eth0", CLIENT, "veth")),
                                List.of(global(4)),
                                List.of(DEFAULT),
                                neighbours,
                                List.of())),
                servers,
                whole);
        return rule.causes(lab, failure).toList();
    }

    @Test
    void whereAllGoesTogetherNobodySaysAnything() {
        neighbour(5, GUEST);
        neighbour(1, STRANGE);
        String failure = "SSH from client to guest at 198.18.1.5\n  found:    no route";

        assertThat(Diagnosis.RULES)
                .allSatisfy(rule -> assertThat(causes(rule, failure)).isEmpty());
    }

    @Test
    void anAddressThatOneOfTwoNodesDoesNotUse() {
        guestAddresses.add(new AssignedAddress("eth0", global(2).address(), "global", false, true));
        assertThat(causes(new TwoOwners(), "")).isEmpty();

        guestAddresses.set(1, global(2));
        nic = link("guest", "eth0", GUEST, "", "", false, false, 1500);
        assertThat(causes(new TwoOwners(), "")).isEmpty();
    }

    @Test
    void anAddressOfTwoNodes() {
        guestAddresses.add(global(2));

        assertThat(causes(new TwoOwners(), ""))
                .containsExactly("198.18.1.2 is an address of launcher (eth0, 02:1a:00:00:00:02) and of guest (eth0,"
                        + " 02:9e:00:00:00:05): each of them answers for it");
    }

    @Test
    void aGuestWithAnotherMacThanItsMacvtap() {
        nic = link("guest", "eth0", STRANGE, "");

        assertThat(causes(new OtherMac(), ""))
                .containsExactly(
                        "the MAC address of eth0 on guest is 02:00:00:00:00:99, that of its macvtap0 on launcher"
                                + " 02:9e:00:00:00:05: in mode bridge it gets only frames that are sent to the latter, and"
                                + " broadcasts");

        macvtap = link("launcher", "macvtap0", GUEST, "macvtap", "passthru", true, true, 1500);
        assertThat(causes(new OtherMac(), "")).isEmpty();
    }

    @Test
    void aTapOnABridgeHasNothingOfAMacvtap() {
        macvtap = link("launcher", "vnet0", STRANGE, "tun");
        joined.add(MacAddress.of("33:33:ff:00:00:05"));
        guestAddresses.add(new AssignedAddress("eth0", InterfaceIp.of("fd74:6170:6c62:1::5/64"), "global"));
        String failure = "Ping from launcher to fd74:6170:6c62:1::5, guest's";

        assertThat(causes(new OtherMac(), failure)).isEmpty();
        assertThat(causes(new ParentAndGuest(), failure)).isEmpty();
        assertThat(causes(new UnjoinedGroup(), failure)).isEmpty();

        parent = link("launcher", "eth0", LAUNCHER, "veth", "bridge", true, true, 1280);
        assertThat(causes(new OtherMtu(), failure))
                .containsExactly("the MTU of eth0 on guest is 1500, that of eth0 on launcher, on one bridge with its"
                        + " vnet0, 1280: larger packets are lost");
    }

    @Test
    void aNeighbourEntryOfWhoHadTheAddress() {
        launcherAddresses.remove(global(2));
        guestAddresses.add(global(2));
        neighbour(2, LAUNCHER);

        assertThat(causes(new StaleNeighbour(), ""))
                .containsExactly("the neighbour entry of 198.18.1.2 on client has 02:1a:00:00:00:02, which is eth0 on"
                        + " launcher (STALE), while the address is that of guest (eth0, 02:9e:00:00:00:05)");
    }

    @Test
    void aNeighbourEntryOfAnAddressThatNobodyHas() {
        neighbour(77, GUEST);

        assertThat(causes(new StaleNeighbour(), ""))
                .containsExactly("the neighbour entry of 198.18.1.77 on client has 02:9e:00:00:00:05, which is eth0 on"
                        + " guest (STALE), while the address is on no node");
    }

    /** A guest that does not answer in time may have any address. */
    @Test
    void whereNotAllNodesWereSeenNoAddressIsOnNone() {
        whole = false;
        neighbour(77, GUEST);

        assertThat(causes(new StaleNeighbour(), "")).isEmpty();
    }

    /** A macvtap's own link-local address in its launcher is the one of its guest, whose table has it on eth0. */
    @Test
    void linkLocalNeighboursAreNotCompared() {
        neighbours.add(
                new Neighbour(InterfaceIp.of("fe80::9e/64").ip(), "eth0", Optional.of(GUEST), List.of("REACHABLE")));

        assertThat(causes(new StaleNeighbour(), "")).isEmpty();
    }

    @Test
    void anAddressWhoseDuplicateWasDetected() {
        guestAddresses.add(new AssignedAddress("eth0", InterfaceIp.of("fd74:6170:6c62::2/64"), "global", true, true));

        assertThat(causes(new FailedDuplicateDetection(), ""))
                .containsExactly(
                        "fd74:6170:6c62::2 on guest can't be used: duplicate address detection has found another"
                                + " that has it");
    }

    @Test
    void theLowestPartWithoutACarrier() {
        macvtap = link("launcher", "macvtap0", GUEST, "macvtap", "bridge", true, false, 1500);
        nic = link("guest", "eth0", GUEST, "", "", true, false, 1500);
        assertThat(causes(new NoCarrier(), ""))
                .containsExactly(
                        "macvtap0 on launcher, the way of eth0 on guest, has no carrier: nothing passes there");

        parent = link("launcher", "eth0", LAUNCHER, "veth", "", false, false, 1500);
        assertThat(causes(new NoCarrier(), ""))
                .containsExactly("eth0 on launcher, the way of eth0 on guest, is down: nothing passes there");
    }

    @Test
    void aLargerMtuThanThatOfTheMacvtapsParent() {
        macvtap = link("launcher", "macvtap0", GUEST, "macvtap", "bridge", true, true, 1400);
        assertThat(causes(new OtherMtu(), "")).isEmpty();

        parent = link("launcher", "eth0", LAUNCHER, "veth", "", true, true, 1400);
        assertThat(causes(new OtherMtu(), ""))
                .containsExactly(
                        "the MTU of eth0 on guest is 1500, that of eth0 on launcher, the parent of its macvtap0,"
                                + " 1400: larger packets are lost");
    }

    @Test
    void aLauncherAndItsOwnGuest() {
        String cause = "launcher and guest are a macvtap's parent and its guest, which exchange no frames in any mode"
                + " unless the bridge sends them back (hairpin)";

        assertThat(causes(new ParentAndGuest(), "Ping from launcher to 198.18.1.5"))
                .containsExactly(cause);
        assertThat(causes(new ParentAndGuest(), "Ping from guest to 198.18.1.2"))
                .containsExactly(cause);
        assertThat(causes(new ParentAndGuest(), "Ping from launcher to 198.18.1.55"))
                .isEmpty();
        assertThat(causes(new ParentAndGuest(), "Ping from launcher2 to 198.18.1.5"))
                .isEmpty();
    }

    @Test
    void aNodeWithoutAnAddressWhereItIsSpokenOf() {
        guestAddresses.clear();

        assertThat(causes(new NoAddress(), "SSH from client to guest"))
                .containsExactly("guest has no IP address but those of its links");
        assertThat(causes(new NoAddress(), "SSH from client to guest2")).isEmpty();
    }

    @Test
    void aNodeWithoutADefaultRouteWhereThereWasNoRoute() {
        guestRoutes.clear();

        assertThat(causes(new NoDefaultRoute(), "Ping from guest to 203.0.113.2\n  found:    no route: 0 replies"))
                .containsExactly("guest has no default route");
        assertThat(causes(new NoDefaultRoute(), "Ping from guest to 203.0.113.2\n  found:    silent"))
                .isEmpty();
        assertThat(causes(new NoDefaultRoute(), "Ping from client to 203.0.113.2\n  found:    no route"))
                .isEmpty();
    }

    @Test
    void aGroupThatTheMacvtapHasNotJoined() {
        MacAddress group = MacAddress.of("33:33:ff:00:00:2a");
        guestAddresses.add(new AssignedAddress("eth0", InterfaceIp.of("fd74:6170:6c62::2a/64"), "global"));
        joined.add(group);
        String failure = "Ping from client to fd74:6170:6c62::2a";

        assertThat(causes(new UnjoinedGroup(), failure))
                .containsExactly("macvtap0 on launcher has not joined 33:33:ff:00:00:2a, the group in which neighbours"
                        + " ask for fd74:6170:6c62::2a, and lets its frames in by chance only: eth0 on guest has, but is"
                        + " not trusted to tell it (trustGuestRxFilters)");
        assertThat(causes(new UnjoinedGroup(), "Ping from client to fd74:6170:6c62::2"))
                .isEmpty();

        joinedByMacvtap.add(group);
        assertThat(causes(new UnjoinedGroup(), failure)).isEmpty();
    }

    private void nameServers(String said) {
        servers.clear();
        servers.add(new AskedServers("guest", Optional.of(AskedServers.nameServers(said)), List.of()));
    }

    @Test
    void nameServersThatAreSilentOrMissing() {
        nameServers("198.18.1.1 answers\n");
        assertThat(causes(new SilentNameServer(), "")).isEmpty();

        nameServers("198.18.1.1 answers\n198.18.1.9 silent\n");
        assertThat(causes(new SilentNameServer(), ""))
                .containsExactly("the name server 198.18.1.9 of guest does not answer");

        nameServers("");
        assertThat(causes(new SilentNameServer(), ""))
                .containsExactly("guest has no name server in its /etc/resolv.conf");
    }

    @Test
    void whatAnSshServerTurnsDown() {
        servers.add(new AskedServers("guest", Optional.empty(), AskedServers.turnedDown("""
                no-keys
                passwordauthentication no
                pubkeyauthentication no
                permitrootlogin no
                dropbear -s
                dropbear -s
                """)));

        assertThat(causes(new MethodTurnedDown(), ""))
                .containsExactly(
                        "the SSH server of guest: root's authorized_keys is missing or empty: no key lets root in",
                        "the SSH server of guest: it takes no passwords (PasswordAuthentication no)",
                        "the SSH server of guest: it takes no keys (PubkeyAuthentication no)",
                        "the SSH server of guest: it never lets root in (PermitRootLogin no)",
                        "the SSH server of guest: it takes no passwords (dropbear -s)");
    }
}
