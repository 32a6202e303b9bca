package io.github.taplab.internal.node;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Who in a lab has an address by the word of all its nodes, which are asked side by side and not over the network. It
 * is no answer to who has it: only the network gives one. It tells which answers are to be waited for.
 */
final class AddressOwners implements AutoCloseable {

    private final InetAddress ip;
    private final List<Beside<Optional<Set<MacAddress>>>> asking = new ArrayList<>();
    private final List<CompletableFuture<Optional<Set<MacAddress>>>> claims = new ArrayList<>();

    private AddressOwners(InetAddress ip) {
        this.ip = ip;
    }

    /** Begins to ask. */
    static AddressOwners ask(Stations stations, InetAddress ip) {
        AddressOwners owners = new AddressOwners(ip);
        stations.known()
                .ifPresentOrElse(
                        known -> known.forEach(owners::ask),
                        () -> owners.claims.add(CompletableFuture.completedFuture(Optional.empty())));
        return owners;
    }

    private void ask(Station station) {
        Beside<Optional<Set<MacAddress>>> asked = Beside.begin(
                "taplab: %s says whether it has %s".formatted(station.name(), InterfaceIp.text(ip)),
                () -> station.answerers(ip));
        asking.add(asked);
        // A node that can't be asked: nobody knows what it does.
        claims.add(asked.result().exceptionally(failure -> Optional.empty()));
    }

    /** All MAC addresses that answer for it at once; empty where one of the nodes can't say so in time. */
    Optional<SortedSet<MacAddress>> within(Duration deadline) {
        SortedSet<MacAddress> owners = new TreeSet<>();
        try {
            Waiting.joined(
                    "all nodes say whether they have " + InterfaceIp.text(ip),
                    deadline,
                    CompletableFuture.allOf(claims.toArray(CompletableFuture<?>[]::new)));
        } catch (DeadlineExceededException late) {
            return Optional.empty();
        }
        for (CompletableFuture<Optional<Set<MacAddress>>> claim : claims) {
            Optional<Set<MacAddress>> said = claim.join();
            if (said.isEmpty()) {
                return Optional.empty();
            }
            owners.addAll(said.get());
        }
        return Optional.of(owners);
    }

    /** Lets those be who have not answered yet. */
    @Override
    public void close() {
        asking.forEach(Beside::close);
    }
}
