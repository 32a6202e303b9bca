package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** All that one lab has: its network, the launchers, the guests in them, the clients beside them, and its internet. */
@API(status = Status.STABLE, since = "0.1.0")
public final class LabSpec {

    public static final String LAUNCHER_NAME = "launcher";
    public static final String GATEWAY_NAME = "gateway";
    public static final String WEB_SERVER_NAME = "webserver";
    public static final String DEFAULT_CLIENT_NAME = "client";
    public static final int DEFAULT_PREFIX_LENGTH = 24;

    private final Optional<Subnet> subnet;
    private final int prefixLength;
    private final boolean privileged;
    private final GatewayPlace gateway;
    private final boolean ipv6;
    private final List<GuestSpec> guests;
    private final List<String> clients;
    private final List<String> launchers;
    private final List<String> internet;
    private final Set<HostFeature> host;

    LabSpec(
            Optional<Subnet> subnet,
            int prefixLength,
            boolean privileged,
            GatewayPlace gateway,
            boolean ipv6,
            List<GuestSpec> guests,
            List<String> clients,
            List<String> launchers,
            List<String> internet,
            Set<HostFeature> host) {
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
                internet,
                "host",
                host);
        guests = List.copyOf(guests);
        clients = List.copyOf(clients);
        launchers = List.copyOf(launchers);
        internet = List.copyOf(internet);
        InvalidSpecException.throwIfAny(
                LabRules.broken(subnet, prefixLength, gateway, guests, clients, launchers, internet));
        this.subnet = subnet;
        this.prefixLength = prefixLength;
        this.privileged = privileged;
        this.gateway = gateway;
        this.ipv6 = ipv6;
        this.guests = guests;
        this.clients = clients;
        this.launchers = launchers;
        this.internet = internet;
        this.host = Collections.unmodifiableSet(new TreeSet<>(host));
    }

    /** A fixed network; empty: a free one of {@link Subnet#LAB_RANGE}. */
    public Optional<Subnet> subnet() {
        return subnet;
    }

    /** Length of the network where it is not fixed, 16 to 28. */
    public int prefixLength() {
        return prefixLength;
    }

    /** Whether the launchers are privileged containers. */
    public boolean privileged() {
        return privileged;
    }

    /** Who has the subnet's first address. */
    public GatewayPlace gateway() {
        return gateway;
    }

    /** Whether every station has an IPv6 address too. */
    public boolean ipv6() {
        return ipv6;
    }

    /** In the order of their declaration. */
    public List<GuestSpec> guests() {
        return guests;
    }

    /** Names, in the order of their declaration. */
    public List<String> clients() {
        return clients;
    }

    /** Names, in the order of their declaration; at least one. */
    public List<String> launchers() {
        return launchers;
    }

    /** Host names that the lab's internet has; none: there is no internet. */
    public List<String> internet() {
        return internet;
    }

    /** What the Docker host must have; none: any host will do. */
    public Set<HostFeature> host() {
        return host;
    }

    /** The same lab, all of its guests with this attachment. */
    public LabSpec withAttachment(Attachment attachment) {
        List<GuestSpec> changed =
                guests.stream().map(guest -> guest.withAttachment(attachment)).toList();
        return new LabSpec(
                subnet, prefixLength, privileged, gateway, ipv6, changed, clients, launchers, internet, host);
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
        private Set<HostFeature> host = Set.of();

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

        /** What the Docker host must have. */
        public Builder host(HostFeature... features) {
            host = new HashSet<>(Arrays.asList(features));
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws InvalidSpecException with every broken rule
         */
        public LabSpec build() {
            return new LabSpec(
                    subnet, prefixLength, privileged, gateway, ipv6, guests, clients, launchers, internet, host);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabSpec that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private List<Object> values() {
        return List.of(subnet, prefixLength, privileged, gateway, ipv6, guests, clients, launchers, internet, host);
    }

    @Override
    public String toString() {
        return "LabSpec[subnet=%s, prefixLength=%s, privileged=%s, gateway=%s, ipv6=%s, guests=%s, clients=%s, launchers=%s, internet=%s, host=%s]"
                .formatted(subnet, prefixLength, privileged, gateway, ipv6, guests, clients, launchers, internet, host);
    }
}
