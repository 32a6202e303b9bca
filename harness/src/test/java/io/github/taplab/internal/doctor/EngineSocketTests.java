package io.github.taplab.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSocketTests {

    @Test
    void itIsWhereDockerHostSays() {
        assertThat(EngineSocket.of("")).contains(new EngineSocket(Path.of("/var/run/docker.sock")));
        assertThat(EngineSocket.of("unix:///run/podman/podman.sock"))
                .contains(new EngineSocket(Path.of("/run/podman/podman.sock")));
        assertThat(EngineSocket.of("tcp://host:2375")).isEmpty();
    }

    @Test
    void whoMayUseItIsTold(@TempDir Path folder) throws Exception {
        Path socket = Files.createFile(folder.resolve("docker.sock"));

        assertThat(new EngineSocket(socket).rights("alice"))
                .isEqualTo(Finding.ok("Engine's socket", "alice may use " + socket));
    }

    @Test
    void oneThatIsNotThere() {
        assertThat(new EngineSocket(Path.of("/nonexistent/docker.sock")).isThere())
                .isFalse();
    }

    @Test
    void whoMayNotUseItJoinsItsGroup() {
        EngineSocket socket = new EngineSocket(Path.of("/var/run/docker.sock"));

        assertThat(socket.remedy("alice", "docker"))
                .isEqualTo("sudo usermod -aG docker alice, and log in again:"
                        + " whoever may use the socket is as good as root there");
        assertThat(socket.remedy("alice", "root"))
                .isEqualTo("sudo chgrp docker /var/run/docker.sock; sudo usermod -aG docker alice, and log in again:"
                        + " whoever may use the socket is as good as root there");
    }
}
