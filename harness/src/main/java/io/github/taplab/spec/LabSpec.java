package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that one lab has: its network, the launcher, the guests on it, the clients beside it, and its internet.
 *
 * @param subnet a fixed network; empty: a free one of {@link Subnet#LAB_RANGE}
 * @param prefixLength length of the network where it is not fixed, 16 to 28
 * @param privileged whether the launcher is a privileged container
 * @param gateway who has the subnet's first address
 * @param ipv6 whether every station has an IPv6 address too
 * @param guests in the order of their declaration
 * @param clients names, in the order of their declaration
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
        List<String> internet) {

    public static final String LAUNCHER_NAME = "launcher";
    public static final String GATEWAY_NAME = "gateway";
    public static final String INTERNET_NAME = "internet";
    public static final String DEFAULT_CLIENT_NAME = "client";
    public static final int DEFAULT_PREFIX_LENGTH = 24;

    /** The addresses' plan: host 1 is the gateway, 2 the launcher, 3 the gateway container until it has host 1. */
    public static final int GATEWAY_HOST = 1;

    public static final int LAUNCHER_HOST = 2;
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
        guests = List.copyOf(guests);
        clients = List.copyOf(clients);
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
        checkNames(guests, clients, !internet.isEmpty(), problems);
        HostNames.check("internet", internet, problems);
        if (gateway == GatewayPlace.DOCKER_HOST && !internet.isEmpty()) {
            problems.add(
                    "internet with gateway = DOCKER_HOST: the way there is routed by a container, leave gateway out");
        }
        checkMacs(guests, problems);
        if (guests.stream()
                        .filter(guest -> guest.nic().address() == GuestAddress.TAKE_OVER)
                        .count()
                > 1) {
            problems.add("address = TAKE_OVER on more than one guest: the launcher has only one address to give");
        }
        if (guests.size() > 1 && guests.stream().anyMatch(guest -> guest.nic().mode() == MacvtapMode.PASSTHRU)) {
            problems.add(
                    "mode = PASSTHRU with more than one guest: such a macvtap has the parent interface for itself");
        }
        int needed = FIRST_FREE_HOST + guests.size() + clients.size() - 1;
        if (sized && needed > (1L << (32 - length)) - 2) {
            problems.add(
                    "a /%d has %d addresses, this lab needs %d".formatted(length, (1L << (32 - length)) - 2, needed));
        }
        InvalidSpecException.throwIfAny(problems);
    }

    private static void checkNames(
            List<GuestSpec> guests, List<String> clients, boolean withInternet, List<String> problems) {
        Set<String> taken = new LinkedHashSet<>(List.of(LAUNCHER_NAME, GATEWAY_NAME));
        if (withInternet) {
            taken.add(INTERNET_NAME);
        }
        for (String client : clients) {
            NodeNames.check("clients", client, problems);
            if (!taken.add(client)) {
                problems.add("clients = \"%s\": the name is taken, a lab already has %s".formatted(client, taken));
            }
        }
        for (GuestSpec guest : guests) {
            if (!taken.add(guest.name())) {
                problems.add("name = \"%s\": the name is taken, a lab already has %s".formatted(guest.name(), taken));
            }
        }
    }

    private static void checkMacs(List<GuestSpec> guests, List<String> problems) {
        Set<MacAddress> seen = new LinkedHashSet<>();
        for (GuestSpec guest : guests) {
            guest.nic()
                    .mac()
                    .filter(mac -> !seen.add(mac))
                    .ifPresent(mac -> problems.add(
                            "mac = \"%s\" is given to two guests of one parent interface, the kernel refuses the second macvtap"
                                    .formatted(mac)));
        }
    }

    /** The host number of the client at this place of {@link #clients}. */
    public int clientHost(int index) {
        return FIRST_FREE_HOST + index;
    }

    /** The host number of the guest at this place of {@link #guests}, where it has an address of its own. */
    public int guestHost(int index) {
        return FIRST_FREE_HOST + clients.size() + index;
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
        private List<String> internet = List.of();

        private Builder() {}

        /** A fixed network inside {@link Subnet#LAB_RANGE}; the lab fails to start where it is in use. */
        public Builder subnet(Subnet fixed) {
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
            clients = List.of(names);
            return this;
        }

        /** Gives the lab an internet with these host names, such as {@code www.example.com}. */
        public Builder internet(String... names) {
            internet = List.of(names);
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws InvalidSpecException with every broken rule
         */
        public LabSpec build() {
            return new LabSpec(subnet, prefixLength, privileged, gateway, ipv6, guests, clients, internet);
        }
    }
}
