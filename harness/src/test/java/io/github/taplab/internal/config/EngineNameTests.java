package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code taplab.engines} may be. */
class EngineNameTests {

    @Test
    void eachKindInTheOrderInWhichTheyStand() {
        assertThat(EngineName.parse("unix:///run/a.sock, tcp://host-b:2376,tcp://[::1]:2375,context:my.lab-1, Local"))
                .containsExactly(
                        new EngineName.At(URI.create("unix:///run/a.sock")),
                        new EngineName.At(URI.create("tcp://host-b:2376")),
                        new EngineName.At(URI.create("tcp://[::1]:2375")),
                        new EngineName.Context("my.lab-1"),
                        new EngineName.Local());
    }

    @Test
    void oneIsAListOfOne() {
        assertThat(EngineName.parse("local")).containsExactly(new EngineName.Local());
    }

    @Test
    void theyAreToldAsTheyAreWritten() {
        assertThat(EngineName.parse("unix:///run/a.sock,context:lab,local"))
                .extracting(EngineName::toString)
                .containsExactly("unix:///run/a.sock", "context:lab", "local");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host-b",
                "host-b:2376",
                "tcp://host-b",
                "tcp://host-b:2376/v1.41",
                "tcp://:2376",
                "tcp:host-b",
                "unix://run/a.sock",
                "unix:a.sock",
                "unix:///",
                "http://host-b:2376",
                "npipe:////./pipe/docker_engine",
                "ssh://",
                "ssh:host-a",
                "ssh://@host-a",
                "ssh://ci:secret@host-a",
                "ssh://host-a:0",
                "ssh://host-a/",
                "ssh://host-a?socket=a",
                "ssh://host-a#a",
                "context:",
                "context:../lab",
                "local,",
                ",",
                "a b"
            })
    void anotherIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineName.parse(text))
                .withMessage(
                        "taplab.engines is one or more of local, unix:///path, tcp://host:port, ssh://[user@]host[:port][/path] and context:name, with commas between, found \"%s\"",
                        text);
    }

    @Test
    void overSshMostMayBeLeftOut() {
        assertThat(EngineName.parse("ssh://host-a,ssh://ci@host-a:2222,ssh://ci@[::1]/run/podman/podman.sock"))
                .containsExactly(
                        new EngineName.At(URI.create("ssh://host-a")),
                        new EngineName.At(URI.create("ssh://ci@host-a:2222")),
                        new EngineName.At(URI.create("ssh://ci@[::1]/run/podman/podman.sock")));
    }

    @Test
    void nobodyIsCountedTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineName.parse("local,context:lab,LOCAL"))
                .withMessage("taplab.engines is a list in which each engine stands once,"
                        + " found \"local,context:lab,LOCAL\"");
    }
}
