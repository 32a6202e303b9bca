package io.github.taplab.internal.lab;

import io.github.taplab.internal.docker.SubnetTakenException;
import io.github.taplab.spec.Subnet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Takes a free part of a range. Nobody looks which ones are free: the engine decides between two JVMs that try the
 * same, and who has lost tries the next.
 */
final class FreeSubnet {

    private FreeSubnet() {}

    /** Tries to have a network with one subnet. */
    @FunctionalInterface
    interface Attempt<T> {

        T at(Subnet candidate) throws SubnetTakenException;
    }

    /**
     * Tries each part once, from a random one on.
     *
     * @throws IllegalStateException if all are taken
     */
    static <T> T of(Subnet range, int prefixLength, Attempt<T> attempt) {
        int parts = 1 << (prefixLength - range.prefixLength());
        int first = ThreadLocalRandom.current().nextInt(parts);
        for (int i = 0; i < parts; i++) {
            try {
                return attempt.at(range.part(prefixLength, (first + i) % parts));
            } catch (SubnetTakenException taken) {
                // The next one may be free.
            }
        }
        throw new IllegalStateException("All %d networks of length /%d in %s are taken on the Docker host"
                .formatted(parts, prefixLength, range));
    }
}
