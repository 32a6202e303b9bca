package io.github.taplab.internal.lab;

import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.LabSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The networks of one lab. */
final class LabNetworks implements AutoCloseable {

    private final LabNetwork lab;
    private final Optional<Wan> wan;
    private final boolean isHosts;

    /**
     * Networks that are there.
     *
     * @param lab its own
     * @param wan where its internet is; empty: it has none
     * @param isHosts whether the engine's host is a station of the lab
     */
    private LabNetworks(LabNetwork lab, Optional<Wan> wan, boolean isHosts) {
        this.lab = lab;
        this.wan = wan;
        this.isHosts = isHosts;
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
                            : Optional.of(Wan.create(docker, name + "-wan", labels)),
                    spec.gateway() == GatewayPlace.DOCKER_HOST);
        } catch (RuntimeException | Error e) {
            lab.close();
            throw e;
        }
    }

    /** Those on which the engine's host is no station. */
    List<LabNetwork> withoutHost() {
        return isHosts
                ? List.of()
                : Stream.concat(Stream.of(lab), wan.stream().map(Wan::network)).toList();
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
