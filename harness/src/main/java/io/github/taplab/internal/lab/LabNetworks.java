package io.github.taplab.internal.lab;

import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.spec.LabSpec;
import java.util.Map;
import java.util.Optional;

/** The networks of one lab. */
final class LabNetworks implements AutoCloseable {

    private final LabNetwork lab;
    private final Optional<Wan> wan;

    /**
     * Networks that are there.
     *
     * @param lab its own
     * @param wan where its internet is; empty: it has none
     */
    LabNetworks(LabNetwork lab, Optional<Wan> wan) {
        this.lab = lab;
        this.wan = wan;
    }

    Optional<Wan> wan() {
        return wan;
    }

    LabNetwork lab() {
        return lab;
    }

    /**
     * Creates what the spec asks for.
     *
     * @throws IllegalStateException if a subnet is taken, or none is free
     */
    static LabNetworks create(DockerEngine docker, LabSpec spec, String name, Map<String, String> labels) {
        LabNetwork lab = LabNetwork.create(docker, spec, name, labels);
        try {
            return new LabNetworks(
                    lab,
                    spec.internet().isEmpty()
                            ? Optional.empty()
                            : Optional.of(Wan.create(docker, name + "-wan", labels)));
        } catch (RuntimeException | Error e) {
            lab.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            wan.ifPresent(Wan::close);
        } finally {
            lab.close();
        }
    }
}
