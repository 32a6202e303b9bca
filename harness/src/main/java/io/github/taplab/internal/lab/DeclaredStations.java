package io.github.taplab.internal.lab;

import io.github.taplab.internal.address.LabAddresses;
import io.github.taplab.internal.address.LabAddresses.Role;
import io.github.taplab.internal.drawing.Nic;
import io.github.taplab.internal.drawing.Nic.Macvtap;
import io.github.taplab.internal.drawing.Nic.Network;
import io.github.taplab.internal.drawing.Station;
import io.github.taplab.internal.drawing.Station.Kind;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.HostNumbers;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.NicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stations of a lab as they are when it is ready: what its spec and its network say, so none is asked. */
final class DeclaredStations {

    private final LabSpec spec;
    private final LabAddresses addresses;
    private final HostNumbers hosts;

    DeclaredStations(LabSpec spec, LabAddresses addresses) {
        this.spec = spec;
        this.addresses = addresses;
        hosts = new HostNumbers(spec);
    }

    /** All of them, also those that nobody has asked for yet; the web server is on another network. */
    List<Station> all() {
        List<Station> all = new ArrayList<>();
        if (spec.gateway() == GatewayPlace.LAB) {
            int host = HostNumbers.GATEWAY;
            all.add(station(Kind.GATEWAY, LabSpec.GATEWAY_NAME, addresses.mac(Role.GATEWAY, host), ips(host)));
        }
        for (String client : spec.clients()) {
            int host = hosts.client(client);
            all.add(station(Kind.CLIENT, client, addresses.mac(Role.CLIENT, host), ips(host)));
        }
        for (String launcher : spec.launchers()) {
            int host = hosts.launcher(launcher);
            all.add(launcher(
                    launcher, addresses.mac(Role.LAUNCHER, host), isTakenOver(launcher) ? List.of() : ips(host)));
        }
        for (int i = 0; i < spec.guests().size(); i++) {
            all.add(guest(spec.guests().get(i), hosts.guest(i)));
        }
        return all;
    }

    private Station launcher(String name, MacAddress mac, List<InterfaceIp> ips) {
        return LauncherBridge.isIn(spec, name)
                ? new Station(
                        Kind.LAUNCHER,
                        name,
                        List.of(
                                nic(NodeStarter.NIC, mac, List.of(), Network.LAB),
                                nic(LauncherBridge.NAME, mac, ips, Network.INSIDE)))
                : station(Kind.LAUNCHER, name, mac, ips);
    }

    private static Station station(Kind kind, String name, MacAddress mac, List<InterfaceIp> ips) {
        return new Station(kind, name, List.of(nic(NodeStarter.NIC, mac, ips, Network.LAB)));
    }

    private static Nic nic(String link, MacAddress mac, List<InterfaceIp> ips, Network network) {
        return new Nic(link, mac, ips, network, Optional.empty(), Optional.empty());
    }

    private List<InterfaceIp> ips(int host) {
        return spec.ipv6() ? List.of(addresses.ipv4(host), addresses.ipv6(host)) : List.of(addresses.ipv4(host));
    }

    private boolean isTakenOver(String launcher) {
        return spec.guests().stream()
                .filter(guest -> guest.launcher().equals(launcher))
                .flatMap(guest -> guest.nics().stream())
                .anyMatch(nic -> nic.address() == GuestAddress.TAKE_OVER);
    }

    private Station guest(GuestSpec guest, int firstHost) {
        List<Nic> nics = new ArrayList<>();
        for (NicSpec nic : guest.nics()) {
            int host = firstHost + nics.size();
            MacAddress mac = nic.mac().orElseGet(() -> LabAddresses.guestMac(host));
            nics.add(new Nic(
                    "eth" + nics.size(),
                    mac,
                    ips(guest, nic, host),
                    Network.LAB,
                    nic.linkUp() ? Optional.empty() : Optional.of("unplugged"),
                    Optional.of(end(guest, nic, mac))));
        }
        return new Station(Kind.GUEST, guest.name(), nics);
    }

    // libvirt gives a tap the guest's MAC address with another first octet.
    private static Macvtap end(GuestSpec guest, NicSpec nic, MacAddress mac) {
        boolean tap = guest.attachment() == Attachment.BRIDGE;
        return new Macvtap(
                tap ? "tap" : "macvtap",
                guest.launcher(),
                LauncherBridge.under(guest),
                tap ? "" : nic.mode().kernelName(),
                tap ? MacAddress.of("fe" + mac.toString().substring(2)) : mac,
                Optional.empty());
    }

    private List<InterfaceIp> ips(GuestSpec guest, NicSpec nic, int host) {
        return switch (nic.address()) {
            case NONE -> List.of();
            case TAKE_OVER -> ips(hosts.launcher(guest.launcher()));
            case OWN -> own(nic, host);
        };
    }

    private List<InterfaceIp> own(NicSpec nic, int host) {
        List<InterfaceIp> ips = new ArrayList<>(ips(host));
        nic.ip()
                .ifPresent(
                        ip -> ips.set(0, new InterfaceIp(ip, addresses.subnet().prefixLength())));
        return ips;
    }
}
