package io.github.taplab.node;

import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Who said that an address is theirs when a node asked all neighbours, by ARP for IPv4, by neighbour discovery for
 * IPv6.
 *
 * @param asker name of the node that asked
 * @param ip the address asked for
 * @param macs everyone who answered
 * @param output what the tool printed, an answer a line
 */
@API(status = Status.STABLE, since = "0.1.0")
public record NeighbourAnswers(String asker, InetAddress ip, SortedSet<MacAddress> macs, String output) {

    public NeighbourAnswers {
        macs = new TreeSet<>(macs);
    }

    @Override
    public SortedSet<MacAddress> macs() {
        return new TreeSet<>(macs);
    }

    /** The addresses that answered, for messages. */
    public String describe() {
        return macs.isEmpty()
                ? "nobody"
                : macs.stream().map(MacAddress::toString).collect(Collectors.joining(" and "));
    }
}
