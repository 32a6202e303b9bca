package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that one lab has: its network, the launchers, the guests in them, the clients beside them, and its internet.
 *
 * @param subnet a fixed network; empty: a free one of {@link Subnet#LAB_RANGE}
 * @param prefixLength length of the network where it is not fixed, 16 to 28
 * @param privileged whether the launchers are privileged containers
 * @param gateway who has the subnet's first address
 * @param ipv6 whether every station has an IPv6 address too
 * @param guests in the order of their declaration
 * @param clients names, in the order of their declaration
 * @param launchers names, in the order of their declaration; at least one
 * @param internet host names that the lab's internet has; none: there is no internet
 */
public record LabSpec(
        Optional<Subnet> subnet,
        int prefixLength,
        boolean privileged,
        GatewayPlace gateway,
        boolean ipv6,
        List<GuestSpec> guests,
        List<String> clients,
        List<String> launchers,
        List<String> internet) {

    public static final String LAUNCHER_NAME = "launcher";
    public static final String GATEWAY_NAME = "gateway";
    public static final String WEB_SERVER_NAME = "webserver";
    public static final String DEFAULT_CLIENT_NAME = "client";
    public static final int DEFAULT_PREFIX_LENGTH = 24;

    /**
     * The addresses' plan: host 1 is the gateway, 2 the first launcher, 3 the gateway container until it has host 1,
     * then come the clients, further launchers and the guests' NICs.
     */
    public static final int GATEWAY_HOST = 1;

    private static final int FIRST_LAUNCHER_HOST = 2;
    public static final int GATEWAY_CONTAINER_HOST = 3;
    private static final int FIRST_FREE_HOST = 4;

    private static final int SHORTEST_PREFIX = 16;
    private static final int LONGEST_PREFIX = 28;

    /**
     * Checks the lab as a whole.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public LabSpec {
        Given.check(
                "a lab",
                "subnet",
                subnet,
                "gateway",
                gateway,
                "guests",
                guests,
                "clients",
                clients,
                "launchers",
                launchers,
                "internet",
                internet);
        guests = List.copyOf(guests);
        clients = List.copyOf(clients);
        launchers = List.copyOf(launchers);
        internet = List.copyOf(internet);
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
        int needed = FIRST_FREE_HOST
                - 1
                + clients.size()
                + Math.max(0, launchers.size() - 1)
                + nicsBefore(guests, guests.size());
        if (sized && needed > (1L << (32 - length)) - 2) {
            problems.add(
                    "a /%d has %d addresses, this lab needs %d".formatted(length, (1L << (32 - length)) - 2, needed));
        }
        InvalidSpecException.throwIfAny(problems);
    }

    private static void checkNames(
            List<GuestSpec> guests,
            List<String> clients,
            List<String> launchers,
            boolean withInternet,
            List<String> problems) {
        Set<String> taken = new LinkedHashSet<>(List.of(GATEWAY_NAME));
        if (withInternet) {
            taken.add(WEB_SERVER_NAME);
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

    /** What the macvtaps of one parent interface can't have in common. */
    private static void checkParents(List<GuestSpec> guests, List<String> launchers, List<String> problems) {
        for (String launcher : launchers) {
            List<NicSpec> nics = guests.stream()
                    .filter(guest -> guest.launcher().equals(launcher))
                    .flatMap(guest -> guest.nics().stream())
                    .toList();
            Set<MacAddress> seen = new LinkedHashSet<>();
            nics.forEach(nic -> nic.mac()
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

    private static int nicsBefore(List<GuestSpec> guests, int index) {
        return guests.subList(0, index).stream()
                .mapToInt(guest -> guest.nics().size())
                .sum();
    }

    /** The host number of the launcher at this place of {@link #launchers}. */
    public int launcherHost(int index) {
        return index == 0 ? FIRST_LAUNCHER_HOST : FIRST_FREE_HOST + clients.size() + index - 1;
    }

    /** The host number of the client at this place of {@link #clients}. */
    public int clientHost(int index) {
        return FIRST_FREE_HOST + index;
    }

    /**
     * The host number of a guest's first NIC; its further NICs have the numbers that follow. The guest's NIC has the
     * address of that number only where it has one of its own, but always its MAC address.
     *
     * @param index the guest's place in {@link #guests}
     */
    public int guestHost(int index) {
        return FIRST_FREE_HOST + clients.size() + launchers.size() - 1 + nicsBefore(guests, index);
    }

    /** The same lab, all of its guests with this attachment. */
    public LabSpec withAttachment(Attachment attachment) {
        List<GuestSpec> changed =
                guests.stream().map(guest -> guest.withAttachment(attachment)).toList();
        return new LabSpec(subnet, prefixLength, privileged, gateway, ipv6, changed, clients, launchers, internet);
    }

    /** A lab with the defaults of {@code @LabContainer}: a launcher, one client, no guest. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a {@link LabSpec}; nothing is checked before {@link #build}. */
    public static final class Builder {

        private Optional<Subnet> subnet = Optional.empty();
        private int prefixLength = DEFAULT_PREFIX_LENGTH;
        private boolean privileged;
        private GatewayPlace gateway = GatewayPlace.LAB;
        private boolean ipv6;
        private final List<GuestSpec> guests = new ArrayList<>();
        private List<String> clients = List.of(DEFAULT_CLIENT_NAME);
        private List<String> launchers = List.of(LAUNCHER_NAME);
        private List<String> internet = List.of();

        private Builder() {}

        /** A fixed network inside {@link Subnet#LAB_RANGE}; the lab fails to start where it is in use. */
        public Builder subnet(Subnet fixed) {
            Given.check("a lab", "subnet", fixed);
            subnet = Optional.of(fixed);
            return this;
        }

        /** Any free network of this prefix length. */
        public Builder prefixLength(int length) {
            prefixLength = length;
            return this;
        }

        public Builder privileged(boolean value) {
            privileged = value;
            return this;
        }

        public Builder gateway(GatewayPlace place) {
            gateway = place;
            return this;
        }

        /** Gives every station a unique local IPv6 address too. */
        public Builder ipv6(boolean value) {
            ipv6 = value;
            return this;
        }

        public Builder guest(GuestSpec guest) {
            guests.add(guest);
            return this;
        }

        /** The names of all clients; none is allowed too. */
        public Builder clients(String... names) {
            clients = Arrays.asList(names);
            return this;
        }

        /** The names of all launchers; at least one. */
        public Builder launchers(String... names) {
            launchers = Arrays.asList(names);
            return this;
        }

        /** Gives the lab an internet with these host names, such as {@code www.example.com}. */
        public Builder internet(String... names) {
            internet = Arrays.asList(names);
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws InvalidSpecException with every broken rule
         */
        public LabSpec build() {
            return new LabSpec(subnet, prefixLength, privileged, gateway, ipv6, guests, clients, launchers, internet);
        }
    }
}
