package io.github.taplab.internal.node;

import java.util.List;
import java.util.Optional;

/** Who is on a lab's networks. */
@FunctionalInterface
public interface Stations {

    /** All of the lab's nodes; empty while one of them starts, or has failed to: nobody knows how far it has come. */
    Optional<List<Station>> known();
}
