package io.github.taplab.node;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** A change of the lab that ends with its block: {@code try (Undo hairpin = launcher.enableHairpin()) { … }}. */
@FunctionalInterface
@API(status = Status.STABLE, since = "0.1.0")
public interface Undo extends AutoCloseable {

    /**
     * Restores what was there before. A second call does nothing. Of several changes of one thing the latest must be
     * taken back first, as nested blocks do.
     */
    @Override
    void close();
}
