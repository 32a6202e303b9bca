package io.github.taplab.internal.docker;

import static io.github.taplab.internal.docker.FakeEngine.answer;
import static io.github.taplab.internal.docker.FakeEngine.halfAnAnswer;
import static io.github.taplab.internal.docker.FakeEngine.late;
import static io.github.taplab.internal.docker.FakeEngine.podman;
import static io.github.taplab.internal.docker.FakeEngine.process;
import static io.github.taplab.internal.docker.FakeEngine.silence;
import static io.github.taplab.internal.docker.FakeEngine.stream;
import static io.github.taplab.internal.docker.FakeEngine.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.GatewayPlace;
import io.github.taplab.spec.Subnet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What becomes of an engine that does not do what it is asked. */
@Timeout(value = 40, threadMode = ThreadMode.SEPARATE_THREAD)
class DockerEngineTests {

    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ContainerRequest CLIENT =
            ContainerRequest.withoutNetwork("taplab-client", "lab", List.of(), Map.of());

    private final FakeEngine fake = new FakeEngine();

    @AfterEach
    void close() {
        fake.close();
    }

    private NetworkRequest network() {
        return new NetworkRequest("taplab-net", Subnet.LAB_RANGE, Subnet.LAB_RANGE.host(1), GatewayPlace.LAB, Map.of());
    }

    @Test
    void itSaysHowLargeItsHostIs() {
        fake.on("GET /info", answer(200, "{\"NCPU\":4,\"MemTotal\":8589934592}"));

        assertThat(fake.connect(LONG).size()).isEqualTo(new EngineSize(4, 8192));
    }

    @Test
    void whatItDoesNotSayOfItsHostIsNoLimitToALab() {
        fake.on("GET /info", answer(200, "{}"));

        assertThat(fake.connect(LONG).size().cores()).isEqualTo(1);
        assertThat(fake.connect(LONG).size().mib()).isGreaterThan(1_000_000_000_000L);
    }

    @Test
    void oneThatTakesConnectionsAndNeverAnswers() {
        fake.on(".*", silence());

        assertThatThrownBy(() -> EngineSearch.connect(fake.place(), Duration.ofSeconds(1), LONG))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage("no Docker engine answers within 1 s at %s", fake.place());
    }

    @Test
    void oneThatAnswersAPingAndNothingElse() {
        fake.on("GET /version", silence());

        assertThatThrownBy(() -> fake.connect(SHORT))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage("the engine at %s is asked to say its version: no answer within 4000 ms", fake.place());
    }

    @Test
    void oneThatBreaksOffInTheMiddleOfItsAnswer() {
        fake.on("GET /version", halfAnAnswer());

        assertThatThrownBy(() -> fake.connect(LONG))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessageStartingWith(
                        "the engine at %s is asked to say its version: the connection broke (Premature end of Content-Length"
                                .formatted(fake.place()));
    }

    @Test
    void oneOfAnotherArchitecture() {
        fake.on("GET /version", version("27.0.1", "1.46", "riscv64"));

        assertThatThrownBy(() -> fake.connect(LONG))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage(
                        "the engine at %s is Docker 27.0.1 for linux/riscv64, and labs need one for linux/amd64 or linux/arm64: there is no QEMU and no guest for others; let DOCKER_HOST or taplab.engines name such an engine",
                        fake.place());
    }

    @Test
    void oneThatIsTooOld() {
        fake.on("GET /version", version("17.06.2", "1.30", "amd64"));

        assertThatThrownBy(() -> fake.connect(LONG))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage(
                        "the engine at %s is Docker 17.06.2 for linux/amd64, which speaks Docker API 1.30, and labs need 1.41 or later: update it to Docker 20.10 or later, or let DOCKER_HOST or taplab.engines name another engine",
                        fake.place());
        assertThat(fake.requests()).containsOnly("GET /_ping", "GET /version");
    }

    @Test
    void oneThatDoesNotSayWhatItsHostHas() {
        fake.on("GET /info", answer(500, "{\"message\":\"database is locked\"}"));

        assertThatThrownBy(() -> fake.connect(LONG))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage("Status 500: {\"message\":\"database is locked\"}");
    }

    @Test
    void oneThatIsRootless() {
        fake.on("GET /info", answer(200, "{\"SecurityOptions\":[\"name=seccomp,profile=default\",\"name=rootless\"]}"));

        assertThatThrownBy(() -> fake.connect(LONG))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage(
                        "the engine at %s is Docker 20.10.24 for linux/amd64, rootless, and labs need one that runs as root: only that can make a macvtap's device node; start one as root, or let DOCKER_HOST or taplab.engines name one",
                        fake.place());
        assertThat(fake.requests()).containsOnly("GET /_ping", "GET /version", "GET /info");
    }

    @Test
    void podmanIsCalledByItsNameAndSaysWhatItsClientLeavesOut() {
        fake.on("GET /version", podman("5.4.2", "1.41"));
        fake.on("POST /containers/create.*", answer(201, "{\"Id\":\"c0de\"}"));
        fake.on("POST /containers/c0de/attach.*", answer(409, "{\"message\":\"crun: setrlimit\"}"));
        fake.on("POST /containers/c0de/start", answer(500, "{\"message\":\"crun: setrlimit\"}"));
        DockerEngine engine = fake.connect(LONG);

        assertThatThrownBy(() -> engine.containers().start(CLIENT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Container taplab-client does not start: Podman 5.4.2 at %s is asked to attach to container taplab-client: Expected 101 Switching Protocols, got: HTTP/1.1 409 X; Status 500: {\"message\":\"crun: setrlimit\"}",
                        fake.place());
        assertThat(fake.requests()).contains("DELETE /containers/c0de?force=true");
        engine.close();
    }

    @Test
    void aPodmanThatIgnoresDeviceRules() {
        fake.on("GET /version", podman("4.3.1", "1.41"));

        assertThatThrownBy(() -> fake.connect(LONG))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessage(
                        "the engine at %s is Podman 4.3.1 for linux/amd64, and labs need Podman 4.4 or later: an older one ignores the device rules that Docker's API brings, and no launcher may open its macvtap; update it, or let DOCKER_HOST or taplab.engines name another engine",
                        fake.place());
        assertThat(fake.requests()).containsOnly("GET /_ping", "GET /version");
    }

    /** Seen while containers of an engine that had been killed were removed. */
    @Test
    void aContainerThatHasLostItsNameIsCalledByItsId() {
        fake.on("GET /containers/json.*", answer(200, """
                        [{"Id":"c0de","Names":[],"Labels":{"of":"lab"},"Created":1,"State":"removing"},
                         {"Id":"beef","Names":null,"Labels":{"of":"lab"},"Created":1,"State":"dead"},
                         {"Id":"f00d","Names":["/taplab-client"],"Labels":{"of":"lab"},"Created":1,"State":"running"}]"""));
        DockerEngine engine = fake.connect(LONG);

        assertThat(engine.containers().with("of"))
                .extracting(LabelledContainer::id, LabelledContainer::name)
                .containsExactly(tuple("c0de", "c0de"), tuple("beef", "beef"), tuple("f00d", "taplab-client"));
        engine.close();
    }

    @Test
    void aNetworkThatComesTooLateIsRemoved() {
        CountDownLatch gate = new CountDownLatch(1);
        fake.on("POST /networks/create", late(gate, answer(201, "{\"Id\":\"f00df00df00d\"}")));
        DockerEngine engine = fake.connect(SHORT);

        assertThatThrownBy(() -> engine.networks().create(network()))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage(
                        "the engine at %s is asked to create network taplab-net: no answer within 4000 ms",
                        fake.place());
        gate.countDown();

        Waiting.until("it is removed", LONG, fake::requests, asked -> asked.contains("DELETE /networks/f00df00df00d"));
        engine.close();
    }

    @Test
    void anInterruptEndsTheWait() {
        fake.on("POST /networks/create", silence());
        DockerEngine engine = fake.connect(LONG);
        Thread test = Thread.currentThread();
        var unused = CompletableFuture.runAsync(() -> {
            Waiting.until("it is asked", LONG, fake::requests, asked -> asked.contains("POST /networks/create"));
            test.interrupt();
        });

        assertThatThrownBy(() -> engine.networks().create(network()))
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage(
                        "the engine at %s is asked to create network taplab-net: interrupted while waiting for it",
                        fake.place());
        assertThat(Thread.interrupted()).isTrue();
        engine.close();
    }

    @Test
    void aContainerThatCanNotBeAttachedToFailsAtOnceAndIsRemoved() {
        fake.on("POST /containers/create.*", answer(201, "{\"Id\":\"c0de\"}"));
        fake.on("POST /containers/c0de/attach.*", answer(500, "no such thing"));
        DockerEngine engine = fake.connect(LONG);

        assertThatThrownBy(() -> engine.containers().start(CLIENT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "Container taplab-client does not start: the engine at %s is asked to attach to container taplab-client: "
                                .formatted(fake.place()));
        assertThat(fake.requests()).contains("DELETE /containers/c0de?force=true");
        engine.close();
    }

    @Test
    void aContainerWhoseStreamNeverBeginsIsGivenUpAndRemoved() {
        fake.on("POST /containers/create.*", answer(201, "{\"Id\":\"c0de\"}"));
        fake.on("POST /containers/c0de/attach.*", silence());
        DockerEngine engine = fake.connect(SHORT);

        assertThatThrownBy(() -> engine.containers().start(CLIENT))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessage(
                        "the engine at %s is asked to attach to container taplab-client: not within 4000 ms",
                        fake.place());
        assertThat(fake.requests()).contains("DELETE /containers/c0de?force=true");
        engine.close();
    }

    @Test
    void anInterruptedThreadStillRemovesWhatItHasMade() {
        fake.on("POST /containers/create.*", answer(201, "{\"Id\":\"c0de\"}"));
        fake.on("POST /containers/c0de/attach.*", silence());
        DockerEngine engine = fake.connect(LONG);
        Thread test = Thread.currentThread();
        var unused = CompletableFuture.runAsync(() -> {
            Waiting.until(
                    "it attaches", LONG, () -> String.join(" ", fake.requests()), asked -> asked.contains("attach"));
            test.interrupt();
        });

        assertThatThrownBy(() -> engine.containers().start(CLIENT)).isInstanceOf(InterruptedWaitException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(fake.requests()).contains("DELETE /containers/c0de?force=true");
        engine.close();
    }

    @Test
    void anInterruptEndsTheWaitForAContainerThatSaysNothing() {
        DockerEngine engine = withContainer(new CountDownLatch(1), "");
        fake.on("POST /containers/c0de/attach.*", process("", new CountDownLatch(1)));
        LeasedContainer container = engine.containers().start(CLIENT);
        Thread.currentThread().interrupt();

        assertThatThrownBy(container::awaitReady)
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("container taplab-client takes commands: interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();
        container.close();
        engine.close();
    }

    @Test
    void aContainerThatWasKilledSaysSo() {
        CountDownLatch end = new CountDownLatch(1);
        DockerEngine engine = withContainer(end, """
                {"id":"c0de","Type":"container","Action":"kill","Actor":{"ID":"c0de","Attributes":{"signal":"9"}}}
                {"id":"c0de","Type":"container","Action":"die","Actor":{"ID":"c0de","Attributes":{"exitCode":"137"}}}
                """);
        LeasedContainer container = engine.containers().start(CLIENT);
        container.awaitReady();
        end.countDown();

        assertThatThrownBy(() -> container.exec("client", LONG, List.of("ip", "address")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "client's container taplab-client is gone: killed through the engine (signal 9, exit code 137); it can't run: ip address");
        assertThatThrownBy(() -> container.open(List.of("socat", "-", "TCP:x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Container taplab-client is gone: killed through the engine (signal 9, exit code 137); it can't run: socat - TCP:x");
        container.close();
        engine.close();
    }

    @Test
    void anEngineThatIsRestartedTakesItsContainersAlong() {
        CountDownLatch end = new CountDownLatch(1);
        DockerEngine engine = withContainer(end, stream(""));
        LeasedContainer container = engine.containers().start(CLIENT);
        container.awaitReady();
        fake.close();

        assertThatThrownBy(() -> container.exec("client", LONG, List.of("ip", "address")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("client's container taplab-client is gone: the connection to the engine at ")
                .hasMessageEndingWith("), it may have been restarted; it can't run: ip address");
        engine.close();
    }

    /** An engine that was restarted has lost its containers, and says of new ones why they end. */
    @Test
    void whereTheStreamOfEventsHasBrokenItIsListenedToAnew() {
        CountDownLatch restart = new CountDownLatch(1);
        DockerEngine engine = withContainer(restart, stream("", restart));
        LeasedContainer lost = engine.containers().start(CLIENT);
        lost.awaitReady();
        restart.countDown();
        assertThatThrownBy(() -> lost.exec("client", LONG, List.of("true")))
                .hasMessageContaining(" is lost (it ended the stream of its events), it may have been restarted; ");

        CountDownLatch end = new CountDownLatch(1);
        withContainer("beef", end, late(end, stream("""
                {"id":"beef","Type":"container","Action":"oom","Actor":{"ID":"beef","Attributes":{}}}
                {"id":"c0de","Type":"container","Action":"die","Actor":{"ID":"c0de","Attributes":{"exitCode":"0"}}}
                {"id":"beef","Type":"container","Action":"die","Actor":{"ID":"beef","Attributes":{"exitCode":"137"}}}
                """)));
        LeasedContainer later = engine.containers().start(CLIENT);
        later.awaitReady();
        end.countDown();

        assertThatThrownBy(() -> later.exec("client", LONG, List.of("true")))
                .hasMessage(
                        "client's container taplab-client is gone: killed, since the Docker host had no memory for it (exit code 137); it can't run: true");
        assertThatThrownBy(() -> lost.exec("client", LONG, List.of("true")))
                .hasMessageContaining(" is lost (it ended the stream of its events), it may have been restarted; ");
        later.close();
        lost.close();
        engine.close();
    }

    private DockerEngine withContainer(CountDownLatch end, String events) {
        return withContainer(end, late(end, stream(events)));
    }

    private DockerEngine withContainer(CountDownLatch end, FakeEngine.Reply events) {
        withContainer("c0de", end, events);
        return fake.connect(LONG);
    }

    private void withContainer(String id, CountDownLatch end, FakeEngine.Reply events) {
        fake.on("GET /events.*", events);
        fake.on("POST /containers/create.*", answer(201, "{\"Id\":\"%s\"}".formatted(id)));
        fake.on("POST /containers/%s/attach.*".formatted(id), process("taplab: ready\n", end));
        fake.on("POST /containers/%s/start".formatted(id), answer(204, ""));
    }
}
