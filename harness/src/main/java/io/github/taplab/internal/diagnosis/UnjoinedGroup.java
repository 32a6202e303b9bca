package io.github.taplab.internal.diagnosis;

import io.github.taplab.internal.diagnosis.NodeTables.Wire;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/**
 * An IPv6 address of a guest, spoken of by the failure, for which its macvtap lets no questions in: they go to a
 * multicast group made of the address (RFC 4291, 2.7.1), and the macvtap has not joined it.
 */
final class UnjoinedGroup implements Rule {

    private static final int LAST = 3;

    @Override
    public Stream<String> causes(LabTables lab, String failure) {
        return lab.nodes().stream()
                .flatMap(node -> node.wires().stream()
                        .filter(Wire::isMacvtap)
                        .filter(wire -> !wire.macvtap().allMulticast()
                                && !wire.macvtap().promiscuous())
                        .flatMap(wire -> node.globalAddresses()
                                .filter(address ->
                                        address.link().equals(wire.nic().name()))
                                .map(AssignedAddress::address)
                                .map(InterfaceIp::ip)
                                .filter(Inet6Address.class::isInstance)
                                .filter(ip -> Words.names(failure, InterfaceIp.text(ip)))
                                .flatMap(ip -> cause(wire, ip))));
    }

    // Its filter is a hash, so a group that it has not joined may pass all the same.
    private static Stream<String> cause(Wire wire, InetAddress ip) {
        MacAddress group = solicitedNode(ip);
        return wire.groups().contains(group) && !wire.macvtapGroups().contains(group)
                ? Stream.of(("%s on %s has not joined %s, the group in which neighbours ask for %s, and lets its frames"
                                + " in by chance only: %s on %s has, but is not trusted to tell it"
                                + " (trustGuestRxFilters)")
                        .formatted(
                                wire.macvtap().name(),
                                wire.macvtap().node(),
                                group,
                                InterfaceIp.text(ip),
                                wire.nic().name(),
                                wire.nic().node()))
                : Stream.of();
    }

    private static MacAddress solicitedNode(InetAddress address) {
        byte[] group = InterfaceIp.ip("ff02::1:ff00:0").getAddress();
        byte[] bytes = address.getAddress();
        System.arraycopy(bytes, bytes.length - LAST, group, group.length - LAST, LAST);
        try {
            return MacAddress.ofGroup(InetAddress.getByAddress(group));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Sixteen bytes are an address", e);
        }
    }
}
