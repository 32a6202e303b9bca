package io.github.taplab.internal.ssh.tunnel;

import java.net.URI;
import java.util.Optional;

/**
 * Where an engine is that is reached over SSH.
 *
 * @param user to log in as
 * @param host its name, or its IP address without brackets
 * @param port of its SSH server
 * @param socket path of the engine's socket there
 */
record SshAddress(String user, String host, int port, String socket) {

    private static final int SSH_PORT = 22;
    private static final String USUAL_SOCKET = "/var/run/docker.sock";

    /**
     * Reads {@code ssh://[user@]host[:port][/path]}.
     *
     * @param thisUser who logs in where the address names nobody
     */
    static SshAddress of(URI address, String thisUser) {
        return new SshAddress(
                Optional.ofNullable(address.getUserInfo()).orElse(thisUser),
                address.getHost().replaceAll("[\\[\\]]", ""),
                address.getPort() < 0 ? SSH_PORT : address.getPort(),
                address.getPath().isEmpty() ? USUAL_SOCKET : address.getPath());
    }

    /** What is typed to log in there: {@code ssh -p 2222 ci@host-a}. */
    String command() {
        return "ssh %s%s@%s".formatted(port == SSH_PORT ? "" : "-p %d ".formatted(port), user, host);
    }

    /** The host as {@code known_hosts} has it. */
    String knownName() {
        return port == SSH_PORT ? host : "[%s]:%d".formatted(host, port);
    }

    @Override
    public String toString() {
        return "%s@%s:%d".formatted(user, host, port);
    }
}
