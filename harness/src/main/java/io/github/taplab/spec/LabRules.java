package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the parts of a lab must be to each other. */
final class LabRules {

    private static final int SHORTEST_PREFIX = 16;
    private static final int LONGEST_PREFIX = 28;

    private LabRules() {}

    /** The rules that a lab would break. */
    static List<String> broken(
            Optional<Subnet> subnet,
            int prefixLength,
            GatewayPlace gateway,
            List<GuestSpec> guests,
            List<String> clients,
            List<String> launchers,
            List<String> internet) {
        List<String> problems = new ArrayList<>();
        int length = subnet.map(Subnet::prefixLength).orElse(prefixLength);
        boolean sized = length >= SHORTEST_PREFIX && length <= LONGEST_PREFIX;
        if (!sized) {
            problems.add("subnet = \"%s\" is too %s, must be /%d to /%d"
                    .formatted(
                            subnet.map(Subnet::toString).orElse("/" + prefixLength),
                            length > LONGEST_PREFIX ? "small" : "large",
                            SHORTEST_PREFIX,
                            LONGEST_PREFIX));
        }
        subnet.filter(fixed -> !Subnet.LAB_RANGE.contains(fixed))
                .ifPresent(fixed -> problems.add(
                        "subnet = \"%s\" is outside %s: lab traffic stays in the range that is never routed"
                                .formatted(fixed, Subnet.LAB_RANGE)));
        checkNames(guests, clients, launchers, !internet.isEmpty(), problems);
        HostNames.check("internet", internet, problems);
        if (gateway == GatewayPlace.DOCKER_HOST && !internet.isEmpty()) {
            problems.add(
                    "internet with gateway = DOCKER_HOST: the way there is routed by a container, leave gateway out");
        }
        checkParents(guests, launchers, problems);
        checkLiteralAddresses(guests, subnet, problems);
        int needed = HostNumbers.needed(guests, clients.size(), launchers.size());
        if (sized && needed > (1L << (32 - length)) - 2) {
            problems.add(
                    "a /%d has %d addresses, this lab needs %d".formatted(length, (1L << (32 - length)) - 2, needed));
        }
        return problems;
    }

    private static void checkNames(
            List<GuestSpec> guests,
            List<String> clients,
            List<String> launchers,
            boolean withInternet,
            List<String> problems) {
        Set<String> taken = new LinkedHashSet<>(List.of(LabSpec.GATEWAY_NAME));
        if (withInternet) {
            taken.add(LabSpec.WEB_SERVER_NAME);
        }
        if (launchers.isEmpty()) {
            problems.add("launchers = {}: a lab has at least one");
        }
        for (String launcher : launchers) {
            NodeNames.check("launchers", launcher, problems);
            checkFree("launchers", launcher, taken, problems);
        }
        for (String client : clients) {
            NodeNames.check("clients", client, problems);
            checkFree("clients", client, taken, problems);
        }
        for (GuestSpec guest : guests) {
            checkFree("name", guest.name(), taken, problems);
            if (!launchers.contains(guest.launcher())) {
                problems.add("launcher = %s of %s: the lab has no such launcher, it has %s"
                        .formatted(Quoted.of(guest.launcher()), guest.name(), Quoted.names(launchers)));
            }
        }
    }

    private static void checkFree(String what, String name, Set<String> taken, List<String> problems) {
        if (!taken.add(name)) {
            problems.add("%s = %s: the name is taken, a lab already has %s"
                    .formatted(what, Quoted.of(name), Quoted.names(taken)));
        }
    }

    /** What the macvtaps of one parent interface can't have in common, and what can't be on it at once. */
    private static void checkParents(List<GuestSpec> guests, List<String> launchers, List<String> problems) {
        for (String launcher : launchers) {
            List<GuestSpec> inside = guests.stream()
                    .filter(guest -> guest.launcher().equals(launcher))
                    .toList();
            checkBridge(launcher, inside, problems);
            List<NicSpec> nics =
                    inside.stream().flatMap(guest -> guest.nics().stream()).toList();
            Set<MacAddress> seen = new LinkedHashSet<>();
            inside.stream()
                    .filter(guest -> guest.attachment() != Attachment.BRIDGE)
                    .flatMap(guest -> guest.nics().stream())
                    .forEach(nic -> nic.mac()
                            .filter(mac -> !seen.add(mac))
                            .ifPresent(mac -> problems.add(
                                    "mac = \"%s\" is given to two NICs on one parent interface, the kernel refuses the second macvtap"
                                            .formatted(mac))));
            if (nics.stream()
                            .filter(nic -> nic.address() == GuestAddress.TAKE_OVER)
                            .count()
                    > 1) {
                problems.add("address = TAKE_OVER on more than one NIC: the launcher has only one address to give");
            }
            if (nics.size() > 1 && nics.stream().anyMatch(nic -> nic.mode() == MacvtapMode.PASSTHRU)) {
                problems.add(
                        "mode = PASSTHRU with more than one NIC: such a macvtap has the parent interface for itself");
            }
        }
    }

    private static void checkBridge(String launcher, List<GuestSpec> guests, List<String> problems) {
        long onBridge = guests.stream()
                .filter(guest -> guest.attachment() == Attachment.BRIDGE)
                .count();
        if (onBridge > 0 && onBridge < guests.size()) {
            problems.add("attachment = BRIDGE beside others in %s: the port of a bridge can't be a macvtap's parent too"
                    .formatted(Quoted.of(launcher)));
        }
    }

    private static void checkLiteralAddresses(List<GuestSpec> guests, Optional<Subnet> subnet, List<String> problems) {
        for (GuestSpec guest : guests) {
            for (NicSpec nic : guest.nics()) {
                nic.ip()
                        .filter(ip -> subnet.isEmpty() || !subnet.get().contains(ip))
                        .ifPresent(ip -> problems.add("ip = \"%s\" of %s: %s"
                                .formatted(
                                        ip.getHostAddress(),
                                        guest.name(),
                                        subnet.isEmpty()
                                                ? "the lab's subnet is not fixed, so give it one that has this address"
                                                : "it is outside the lab's subnet " + subnet.get())));
            }
        }
    }
}
