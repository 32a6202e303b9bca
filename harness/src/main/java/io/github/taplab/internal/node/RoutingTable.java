package io.github.taplab.internal.node;

import io.github.taplab.node.Route;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.Prefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The main routing tables of a node: the kernel keeps one for IPv4 and one for IPv6. */
final class RoutingTable {

    private final Shell node;
    private final String nic;

    RoutingTable(Shell node, String nic) {
        this.node = node;
        this.nic = nic;
    }

    List<Route> routes() {
        return Stream.of(true, false)
                .flatMap(ipv4 ->
                        IpJson.routes(
                                ipv4,
                                node.run("ip", "-j", family(ipv4), "route", "show")
                                        .stdout())
                                .stream())
                .toList();
    }

    void add(Prefix destination, InetAddress via) {
        node.run("ip", family(destination.isIpv4()), "route", "add", words(destination), "via", hop(via), "dev", nic);
    }

    void addDefault(InetAddress via) {
        add(via instanceof Inet4Address ? Prefix.ALL_IPV4 : Prefix.ALL_IPV6, via);
    }

    void remove(Prefix destination) {
        node.run("ip", family(destination.isIpv4()), "route", "delete", words(destination));
    }

    /** Removes those of both families; where there is none, ip says so. */
    void removeDefaults() {
        List<Route> defaults = routes().stream().filter(Route::isDefault).toList();
        if (defaults.isEmpty()) {
            remove(Prefix.ALL_IPV4);
        }
        for (Route route : defaults) {
            List<String> argv = new ArrayList<>(List.of("ip", family(route.isIpv4()), "route", "delete", "default"));
            route.via().ifPresent(via -> argv.addAll(List.of("via", hop(via))));
            argv.addAll(List.of("dev", route.link()));
            node.run(argv.toArray(String[]::new));
        }
    }

    private static String words(Prefix destination) {
        return destination.isAll() ? "default" : destination.toString();
    }

    private static String hop(InetAddress via) {
        return InterfaceIp.text(via);
    }

    private static String family(boolean ipv4) {
        return ipv4 ? "-4" : "-6";
    }
}
