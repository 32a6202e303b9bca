package io.github.taplab.node;

/** A change of the lab that ends with its block: {@code try (Undo hairpin = launcher.enableHairpin()) { … }}. */
@FunctionalInterface
public interface Undo extends AutoCloseable {

    /** Takes the change back. */
    @Override
    void close();
}
