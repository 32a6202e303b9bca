package io.github.taplab.internal.node;

import io.github.taplab.command.CommandResult;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a node's kernel says of an address: whether it is its own, and so answered at once. Where somebody else behind
 * the node's interface may answer too, or the kernel for others and in its own time, it is no word on who will.
 */
final class AddressClaim {

    // Mostly built-ins: each process takes an emulated guest 25 ms. A setting under /proc/sys ends after one octet for
    // a shell that reads them one by one, which read then says; the first one tells 0 from all else.
    private static final String SCRIPT = """
            nic=/sys/class/net/$2 conf=/proc/sys/net/$3/conf
            for upper in "$nic"/upper_*; do
              if [ -e "$upper" ] && [ ! -d "$upper/macvtap" ]; then echo "unclear: ${upper##*/} uses $2"; fi
            done
            setting() { value=; read -r value <"$1"; [ "$value" ] || exit 1; }
            setting "$conf/$2/forwarding"
            if [ "$value" != 0 ]; then
              ip neigh show proxy | while read -r proxied; do echo "unclear: answers for $proxied"; done
              for proxy in "$conf/all"/proxy_* "$conf/$2"/proxy_*; do
                setting "$proxy"
                if [ "$value" != 0 ]; then echo "unclear: ${proxy##*/} is on"; fi
              done
            fi
            read -r mac <"$nic/address" && echo "mac: $mac" || exit 1
            for other in /sys/class/net/*; do
              read -r type <"$other/type" || exit 1
              # The port of a bridge hands on what comes in: it is the bridge that answers.
              if [ "$type" = 1 ] && [ "$other" != "$nic" ] && [ ! -d "$other/macvtap" ] && [ ! -d "$other/brport" ]; then
                echo "further: ${other##*/}"
              fi
            done
            ip route get "$1" 2>&1
            echo "ip: $?"
            """;
    // Of ip: it says no more than that the kernel knows no way, and so not that the address is its own.
    private static final String NO_WAY = "ip: 2";
    private static final String DONE = "ip: 0";
    private static final String MAC = "mac: ";

    private AddressClaim() {}

    /** The command that asks the kernel. */
    static List<String> argv(InetAddress ip, String nic) {
        String family = ip instanceof Inet4Address ? "ipv4" : "ipv6";
        return List.of("sh", "-c", SCRIPT, "claim", InterfaceIp.text(ip), nic, family);
    }

    /**
     * Who at the node answers for the address, at once: itself with the MAC address of its NIC, or nobody. Empty where
     * that is not known.
     */
    static Optional<Set<MacAddress>> answerers(CommandResult asked) {
        List<String> said = asked.stdout().lines().toList();
        Optional<MacAddress> mac = said.stream()
                .filter(line -> line.startsWith(MAC))
                .map(line -> MacAddress.of(line.substring(MAC.length())))
                .findFirst();
        if (!asked.succeeded()
                || !asked.stderr().isEmpty()
                || mac.isEmpty()
                || said.stream().anyMatch(line -> line.startsWith("unclear: "))) {
            return Optional.empty();
        }
        String end = said.get(said.size() - 1);
        if (said.stream().noneMatch(line -> line.startsWith("local "))) {
            return end.equals(DONE) || end.equals(NO_WAY) ? Optional.of(Set.of()) : Optional.empty();
        }
        // With several interfaces on one network, Linux answers through each.
        boolean alone = said.stream().noneMatch(line -> line.startsWith("further: "));
        return alone && end.equals(DONE) ? mac.map(Set::of) : Optional.empty();
    }
}
