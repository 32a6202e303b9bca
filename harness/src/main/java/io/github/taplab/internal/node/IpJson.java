package io.github.taplab.internal.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.node.AssignedAddress;
import io.github.taplab.node.Link;
import io.github.taplab.node.Neighbour;
import io.github.taplab.node.Route;
import io.github.taplab.spec.Cidr;
import io.github.taplab.spec.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@code ip -j} prints: pure functions from text to records. */
final class IpJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String NO_MAC = "00:00:00:00:00:00";

    private IpJson() {}

    /** Reads {@code ip -j -details -statistics link show}. */
    static List<Link> links(String node, String json) {
        List<Link> links = new ArrayList<>();
        for (JsonNode entry : read(json)) {
            JsonNode info = entry.path("linkinfo");
            JsonNode statistics = entry.path("stats64");
            links.add(new Link(
                    node,
                    entry.path("ifname").asText(),
                    entry.path("ifindex").asInt(),
                    MacAddress.of(entry.path("address").asText(NO_MAC)),
                    text(info, "info_kind"),
                    text(entry, "link"),
                    text(info.path("info_data"), "mode"),
                    contains(entry.path("flags"), "UP"),
                    contains(entry.path("flags"), "LOWER_UP"),
                    entry.path("operstate").asText().toLowerCase(Locale.ROOT),
                    entry.path("mtu").asInt(),
                    statistics.path("rx").path("packets").asLong(),
                    statistics.path("tx").path("packets").asLong()));
        }
        return links;
    }

    /** Reads {@code ip -j address show}. */
    static List<AssignedAddress> addresses(String json) {
        List<AssignedAddress> addresses = new ArrayList<>();
        for (JsonNode link : read(json)) {
            for (JsonNode entry : link.path("addr_info")) {
                Cidr cidr = new Cidr(
                        Cidr.ip(entry.path("local").asText()),
                        entry.path("prefixlen").asInt());
                addresses.add(new AssignedAddress(
                        link.path("ifname").asText(), cidr, entry.path("scope").asText()));
            }
        }
        return addresses;
    }

    /** Reads {@code ip -j -4 route show}. */
    static List<Route> routes(String json) {
        List<Route> routes = new ArrayList<>();
        for (JsonNode entry : read(json)) {
            routes.add(new Route(
                    entry.path("dst").asText(),
                    text(entry, "gateway").map(Cidr::ip),
                    entry.path("dev").asText()));
        }
        return routes;
    }

    /** Reads {@code ip -j neigh show dev <link>}, which leaves the interface out. */
    static List<Neighbour> neighbours(String link, String json) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (JsonNode entry : read(json)) {
            List<String> states = new ArrayList<>();
            entry.path("state").forEach(state -> states.add(state.asText()));
            neighbours.add(new Neighbour(
                    Cidr.ip(entry.path("dst").asText()),
                    link,
                    text(entry, "lladdr").map(MacAddress::of),
                    states));
        }
        return neighbours;
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("ip -j printed no JSON: " + json, e);
        }
    }

    private static Optional<String> text(JsonNode entry, String field) {
        @Nullable JsonNode value = entry.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    private static boolean contains(JsonNode array, String value) {
        for (JsonNode entry : array) {
            if (entry.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
