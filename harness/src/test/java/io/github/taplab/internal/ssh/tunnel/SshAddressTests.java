package io.github.taplab.internal.ssh.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an address says, and what the user's surroundings add to it. */
class SshAddressTests {

    private static SshAddress of(String address) {
        return SshAddress.of(URI.create(address), "me");
    }

    @Test
    void whatIsLeftOutIsTheUsual() {
        assertThat(of("ssh://host-a")).isEqualTo(new SshAddress("me", "host-a", 22, "/var/run/docker.sock"));
        assertThat(of("ssh://ci@host-a:2222/run/podman/podman.sock"))
                .isEqualTo(new SshAddress("ci", "host-a", 2222, "/run/podman/podman.sock"));
        assertThat(of("ssh://ci@[::1]").host()).isEqualTo("::1");
    }

    @Test
    void itIsToldAsItIsTyped() {
        assertThat(of("ssh://ci@host-a").command()).isEqualTo("ssh ci@host-a");
        assertThat(of("ssh://ci@host-a:2222").command()).isEqualTo("ssh -p 2222 ci@host-a");
        assertThat(of("ssh://ci@host-a").knownName()).isEqualTo("host-a");
        assertThat(of("ssh://ci@host-a:2222").knownName()).isEqualTo("[host-a]:2222");
    }

    @Test
    void surroundingsNameTheAgentAndTheFolder() {
        assertThat(SshSettings.of(
                        Optional.empty(),
                        Map.of("SSH_AUTH_SOCK", "/run/agent")::get,
                        Map.of("user.home", "/home/me", "user.name", "me")::get))
                .isEqualTo(new SshSettings(Path.of("/home/me/.ssh"), Optional.of(Path.of("/run/agent")), "me"));
        assertThat(SshSettings.of(
                        Optional.of("/run/ci-keys"),
                        Map.of("SSH_AUTH_SOCK", "")::get,
                        Map.of("user.home", "/home/me", "user.name", "me")::get))
                .isEqualTo(new SshSettings(Path.of("/run/ci-keys"), Optional.empty(), "me"));
    }
}
