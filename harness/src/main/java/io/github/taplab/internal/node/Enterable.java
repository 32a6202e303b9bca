package io.github.taplab.internal.node;

import java.util.List;

/** A node that a person can get into, from a terminal where the {@code docker} command reaches the lab's engine. */
public interface Enterable {

    /** The ways into it, as they are now. */
    List<Entrance> entrances();
}
