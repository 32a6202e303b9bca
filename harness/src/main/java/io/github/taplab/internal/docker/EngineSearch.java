package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.ssh.tunnel.SshTunnel;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.EnvironmentAndSystemPropertyClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Finds a Docker engine the way Testcontainers does.
 *
 * <p>Testcontainers serves as the driver only: its factory would also start Ryuk and, inside a container, a helper to
 * find the host's address, both from images that an offline machine can't pull. Neither is needed here: containers hold
 * a lease, and no port is ever published.
 */
final class EngineSearch {

    // The search tries several places, and each of them has ten seconds to take a connection.
    private static final Duration CONNECT = Duration.ofSeconds(45);

    private EngineSearch() {}

    /** An engine that has answered. */
    private static final class Found {

        private final DockerClient client;
        private final URI address;
        private final String place;
        private final String description;
        private final Optional<SshTunnel> tunnel;

        Found(DockerClient client, URI address, String place, String description) {
            this(client, address, place, description, Optional.empty());
        }

        private Found(DockerClient client, URI address, String place, String description, Optional<SshTunnel> tunnel) {
            this.client = client;
            this.address = address;
            this.place = place;
            this.description = description;
            this.tunnel = tunnel;
        }

        Found behind(SshTunnel used) {
            return new Found(client, address, place, description, Optional.of(used));
        }

        EngineKind kind(EngineVersion version) {
            return version.isPodman() ? new PodmanKind(address) : new DockerKind();
        }
    }

    private static DockerEngine local(Duration connect, Duration answer) {
        String named = System.getenv("DOCKER_HOST");
        if (named == null || named.isBlank()) {
            return connect(", start one or point DOCKER_HOST at one", connect, answer, EngineSearch::found);
        }
        String where = " at DOCKER_HOST=" + named;
        return named.startsWith("ssh:")
                ? connect(where, connect, answer, named, opener(named))
                : connect(where, connect, answer, EngineSearch::named);
    }

    // No client that Testcontainers finds knows the way.
    private static TunnelOpener opener(String named) {
        try {
            URI address = EngineName.address(new URI(named));
            return () -> SshTunnel.open(address);
        } catch (URISyntaxException e) {
            throw new LabUnavailableException(
                    "DOCKER_HOST is ssh://[user@]host[:port][/path] for an engine over SSH, found " + Quoted.of(named),
                    e);
        }
    }

    /** Opens the way to an engine. */
    @FunctionalInterface
    interface TunnelOpener {
        SshTunnel open() throws IOException;
    }

    /**
     * Finds the one that a name leads to.
     *
     * @throws LabUnavailableException if it does not answer, or if it is one that labs can't run on
     * @throws IllegalArgumentException if the name leads nowhere
     */
    static DockerEngine connect(EngineName name) {
        return connect(name, CONNECT, AskedEngine.ANSWER);
    }

    /**
     * The same within other times.
     *
     * @param connect how long it may take to answer at all
     * @param answer how long each answer may take later
     */
    static DockerEngine connect(EngineName name, Duration connect, Duration answer) {
        if (name instanceof EngineName.At place) {
            return connect(EngineAddress.of(place, DockerSettings.ofThisProcess()), connect, answer);
        } else if (name instanceof EngineName.Context context) {
            return connect(EngineAddress.of(context, DockerSettings.ofThisProcess()), connect, answer);
        }
        return local(connect, answer);
    }

    static DockerEngine connect(EngineAddress address) {
        return connect(address, CONNECT, AskedEngine.ANSWER);
    }

    private static DockerEngine connect(EngineAddress address, Duration connect, Duration answer) {
        if (address.isSsh()) {
            return connect(" at " + address, connect, answer, address.toString(), () -> SshTunnel.open(address.host()));
        }
        TransportConfig config = address.transport();
        if (config.getSslConfig() instanceof ClientCertificates certificates) {
            // What is wrong with them is no engine that is silent.
            certificates.getSSLContext();
        }
        return connect(" at " + address, connect, answer, () -> at(config, address.toString()));
    }

    /**
     * Finds the engine at one place.
     *
     * @param connect how long it may take to answer at all
     * @param answer how long each answer may take later
     */
    static DockerEngine connect(URI place, Duration connect, Duration answer) {
        TransportConfig config = TransportConfig.builder().dockerHost(place).build();
        return connect(" at " + place, connect, answer, () -> at(config, place.toString()));
    }

    /**
     * Finds the engine behind a tunnel.
     *
     * @param where it is looked for, as the end of a sentence
     * @param connect how long it may take to answer at all
     * @param answer how long each answer may take later
     * @param place what it is called
     */
    static DockerEngine connect(String where, Duration connect, Duration answer, String place, TunnelOpener opener) {
        return connect(where, connect, answer, () -> tunnelled(opener, place));
    }

    private static DockerEngine connect(String where, Duration connect, Duration answer, Supplier<Found> search) {
        Found found;
        try {
            found = Waiting.<Found, RuntimeException>call(
                    "a search for the Docker engine", connect, search::get, EngineSearch::closeLate);
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (DeadlineExceededException e) {
            throw new LabUnavailableException(
                    "no Docker engine answers within %d s%s".formatted(connect.toSeconds(), where), e);
        } catch (RuntimeException e) {
            throw new LabUnavailableException("no Docker engine answers%s%s".formatted(where, reason(e)), e);
        }
        AskedEngine engine = new AskedEngine(found.client, "the engine at " + found.place, answer, found.tunnel);
        try {
            EngineVersion version = said(
                    engine,
                    "say its version",
                    asked -> EngineVersion.of(asked.versionCmd().exec()));
            refuse(version.problem(found.place));
            EngineHost host = said(
                    engine,
                    "say what its host has",
                    asked -> EngineHost.of(asked.infoCmd().exec()));
            refuse(host.problem(version.foundAt(found.place)));
            return new DockerEngine(
                    engine.called(version.nameAt(found.place)),
                    found.kind(version),
                    version.architecture(),
                    host.size(),
                    found.description);
        } catch (RuntimeException | Error e) {
            closeLate(found);
            throw e;
        }
    }

    // The client wraps the kernel's word for it: no such file, permission denied, connection refused.
    private static String reason(Throwable failure) {
        Throwable first = AskedEngine.firstCause(failure);
        return first instanceof IOException && first.getMessage() != null ? ": " + first.getMessage() : "";
    }

    /** Asks the engine what it is, before anything starts on it. */
    private static <T> T said(AskedEngine engine, String what, Function<DockerClient, T> question) {
        try {
            return engine.ask(what, question);
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new LabUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void refuse(Optional<String> problem) {
        problem.ifPresent(words -> {
            throw new LabUnavailableException(words);
        });
    }

    private static void closeLate(Found unwanted) {
        try {
            unwanted.client.close();
        } catch (IOException nobodyWaits) {
            // Its run goes without it.
        } finally {
            unwanted.tunnel.ifPresent(SshTunnel::close);
        }
    }

    private static Found found() {
        List<DockerClientProviderStrategy> strategies = new ArrayList<>();
        ServiceLoader.load(DockerClientProviderStrategy.class).forEach(strategies::add);
        DockerClientProviderStrategy strategy = DockerClientProviderStrategy.getFirstValidStrategy(strategies);
        URI address = strategy.getTransportConfig().getDockerHost();
        return new Found(strategy.getDockerClient(), address, address.toString(), strategy.getDescription());
    }

    // Testcontainers' search goes on to the local engine where DOCKER_HOST does not answer, and labs would run on
    // another machine than the one that was asked for. The strategy is deprecated only so that nobody makes one, which
    // is needed here.
    @SuppressWarnings("deprecation")
    private static Found named() {
        DockerClientProviderStrategy strategy = new EnvironmentAndSystemPropertyClientProviderStrategy();
        TransportConfig config = strategy.getTransportConfig();
        return at(config, config.getDockerHost().toString(), strategy.getDescription());
    }

    private static Found tunnelled(TunnelOpener opener, String place) {
        SshTunnel tunnel;
        try {
            tunnel = opener.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            URI socket = URI.create("unix://" + tunnel.path());
            TransportConfig config =
                    TransportConfig.builder().dockerHost(socket).build();
            return at(config, place).behind(tunnel);
        } catch (RuntimeException | Error e) {
            tunnel.close();
            throw e;
        }
    }

    private static Found at(TransportConfig config, String place) {
        return at(config, place, place);
    }

    private static Found at(TransportConfig config, String place, String description) {
        DockerClient client = DockerClientProviderStrategy.getClientForConfig(config);
        client.pingCmd().exec();
        return new Found(client, config.getDockerHost(), place, description);
    }
}
