package io.github.taplab.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.ssh.tunnel.Sshd;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.Subnet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine behind a real SSH server: it is called as the user called it, whatever becomes of the connection. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
class EngineOverSshTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ContainerRequest CLIENT =
            ContainerRequest.withoutNetwork("taplab-client", "lab", List.of(), Map.of());

    @TempDir
    private Path folder;

    private FakeEngine fake;
    private SocketRelay socket;
    private Sshd sshd;

    @BeforeEach
    void start() {
        sshd = Sshd.start(folder);
        fake = new FakeEngine();
        socket = new SocketRelay(folder.resolve("docker.sock"), fake.place());
    }

    @AfterEach
    void close() {
        fake.close();
        socket.close();
        sshd.close();
    }

    private String place() {
        return sshd.address(socket.path()).toString();
    }

    private DockerEngine connect() {
        return EngineSearch.connect(" at " + place(), LONG, LONG, place(), () -> sshd.tunnel(socket.path()));
    }

    @Test
    void itIsAskedAndAnswers() {
        DockerEngine engine = connect();

        assertThat(engine.name()).isEqualTo("the engine at " + place());
        assertThat(engine.description()).isEqualTo(place());
        assertThat(engine.silence()).isEmpty();
        assertThat(fake.requests()).contains("GET /_ping", "GET /version", "GET /info");
        engine.close();
    }

    @Test
    void oneThatIsNotThereIsToldWithTheReason() {
        socket.close();

        assertThatThrownBy(this::connect)
                .isInstanceOf(LabUnavailableException.class)
                .hasMessageStartingWith(
                        "no Docker engine answers at %s: its SSH server opens no connection to %s (open failed): ",
                        place(), socket.path());
    }

    @Test
    void oneThatBreaksASilentPromiseIsNamed() {
        fake.on("GET /info", FakeEngine.answer(500, "{\"message\":\"database is locked\"}"));

        assertThatThrownBy(this::connect)
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage("Status 500: {\"message\":\"database is locked\"}");
    }

    @Test
    void aContainerIsGoneWithTheConnection() {
        CountDownLatch never = new CountDownLatch(1);
        container("c0de", never, FakeEngine.stream(""));
        DockerEngine engine = connect();
        LeasedContainer container = engine.containers().start(CLIENT);
        container.awaitReady();

        sshd.cut();

        assertThatThrownBy(() -> container.exec("client", LONG, List.of("ip", "address")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "client's container taplab-client is gone: the connection to the engine at %s is lost (the SSH connection to ",
                        place())
                .hasMessageContaining(" is lost: ")
                .hasMessageEndingWith("), it may have been restarted; it can't run: ip address");
        engine.close();
    }

    @Test
    void aContainerThatIsStartedAfterTheConnectionWasCutSaysWhyItEnds() {
        CountDownLatch never = new CountDownLatch(1);
        container("c0de", never, FakeEngine.stream(""));
        DockerEngine engine = connect();
        LeasedContainer lost = engine.containers().start(CLIENT);
        lost.awaitReady();
        sshd.cut();
        assertThatThrownBy(() -> lost.exec("client", LONG, List.of("true"))).hasMessageContaining(" is lost: ");

        CountDownLatch end = new CountDownLatch(1);
        container("beef", end, FakeEngine.late(end, FakeEngine.stream("""
                {"id":"beef","Type":"container","Action":"die","Actor":{"ID":"beef","Attributes":{"exitCode":"137"}}}
                """)));
        LeasedContainer later = engine.containers().start(CLIENT);
        later.awaitReady();
        end.countDown();

        assertThatThrownBy(() -> later.exec("client", LONG, List.of("true")))
                .hasMessage(
                        "client's container taplab-client is gone: killed on the Docker host, perhaps for want of memory (signal 9, exit code 137); it can't run: true");
        later.close();
        engine.close();
    }

    private void container(String id, CountDownLatch end, FakeEngine.Reply events) {
        fake.on("GET /events.*", events);
        fake.on("POST /containers/create.*", FakeEngine.answer(201, "{\"Id\":\"%s\"}".formatted(id)));
        fake.on("POST /containers/%s/attach.*".formatted(id), FakeEngine.process("taplab: ready\n", end));
        fake.on("POST /containers/%s/start".formatted(id), FakeEngine.answer(204, ""));
    }

    @Test
    void oneThatGoesWhileItsHostStaysIsToldFromALostConnection() {
        DockerEngine engine = connect();

        socket.close();

        assertThat(engine.silence().orElseThrow())
                .startsWith(
                        "the engine at %s is asked to answer at all: its SSH server opens no connection to %s (open failed): "
                                .formatted(place(), socket.path()));
        engine.close();
    }

    @Test
    void whereTheServerIsGoneTooItSaysSo() {
        DockerEngine engine = connect();

        sshd.close();

        assertThat(engine.silence())
                .hasValueSatisfying(words -> assertThat(words)
                        .matches("the engine at " + place()
                                + " is asked to answer at all: there is no SSH connection to \\S+ any more: .*"));
        assertThatThrownBy(() -> engine.networks()
                        .create(new NetworkRequest(
                                "taplab-net", Subnet.LAB_RANGE, Subnet.LAB_RANGE.host(1), GatewayPlace.LAB, Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the engine at " + place() + " is asked to create network taplab-net: ");
        engine.close();
    }
}
