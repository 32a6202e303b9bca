package io.github.taplab.internal.docker;

import io.github.taplab.internal.config.EngineName;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * How an engine is reached.
 *
 * @param host {@code unix:///path}, {@code tcp://host:port} or {@code ssh://[user@]host[:port][/path]}
 * @param certificates folder of what TLS takes; empty: the connection is plain
 * @param description for people
 */
record EngineAddress(URI host, Optional<Path> certificates, String description) {

    /**
     * Where a name leads to.
     *
     * @throws IllegalArgumentException if it leads nowhere, with what to do about it
     */
    static EngineAddress of(EngineName.At name, DockerSettings settings) {
        Optional<Path> certificates =
                "tcp".equals(name.address().getScheme()) ? settings.certificates() : Optional.empty();
        return new EngineAddress(name.address(), certificates, name.toString());
    }

    /** The same for a docker context, which has its own certificates or none. */
    static EngineAddress of(EngineName.Context name, DockerSettings settings) {
        return DockerContext.named(name.name(), settings.folder()).address();
    }

    /** Whether connections go over SSH. */
    boolean isSsh() {
        return "ssh".equals(host.getScheme());
    }

    /**
     * The same for the client, where it is not over SSH.
     *
     * @throws IllegalArgumentException if its certificates can't be read
     */
    TransportConfig transport() {
        var builder = TransportConfig.builder().dockerHost(host);
        certificates.ifPresent(folder -> builder.sslConfig(new ClientCertificates(folder)));
        return builder.build();
    }

    /** Where it is, for messages. */
    @Override
    public String toString() {
        return description;
    }
}
