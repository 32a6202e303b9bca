package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.session.HostNetwork;
import io.github.taplab.internal.session.Session;
import io.github.taplab.internal.session.SessionEngine;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.LabSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a guest reaches of the host on whose engine its lab is: here an engine of this class's own, in a network
 * namespace where the host has an address that is nobody's in the lab.
 */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder, and the method before all tests the rest.
class IsolationLabTests {

    private static final InetAddress HOSTS = InterfaceIp.ip("198.19.255.9");
    private static final LabSpec SPEC = LabSpec.builder()
            .guest(GuestSpec.builder("guest").attachment(Attachment.QEMU).build())
            .clients("client")
            .ipv6(true)
            .build();

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static OwnEngine own;

    @BeforeAll
    static void start() {
        EngineView.require();
        Assumptions.assumeTrue(OwnEngine.isPossible(), "only root can start an engine, with dockerd and unshare");
        own = OwnEngine.start(folder);
    }

    @AfterAll
    static void end() {
        if (own != null) {
            own.close();
        }
    }

    private static Session session(String isolation) {
        Map<String, String> given = Map.of(
                "taplab.engines", "local," + own.name(), "taplab.acceleration", "tcg", "taplab.isolation", isolation);
        return Session.start(Settings.read(SettingSource.of(name -> Optional.ofNullable(given.get(name)))));
    }

    // The other one is where the lab image comes from.
    private static SessionEngine engine(Session session) {
        return session.engines().get(1);
    }

    /** Does something in a lab whose guest knows the way to the host. */
    private static void inALab(Session session, BiConsumer<Guest, Client> use) {
        SessionEngine engine = engine(session);
        try (RunningLab lab = RunningLab.start(
                session,
                engine,
                SPEC,
                IsolationLabTests.class.getName(),
                Set.of("client"),
                (failure, running) -> {},
                (name, running) -> {})) {
            engine.hostNetwork().run("ip", "addr", "replace", "198.19.255.9/32", "dev", "lo");
            use.accept(lab.guest(), lab.client());
        }
    }

    /** The link-local address of the host's kernel on the only bridge there. */
    private static String onTheBridge(Session session) {
        return linkLocal(engine(session).hostNetwork(), "$(ip -br link show type bridge | cut -d ' ' -f 1)");
    }

    private static String linkLocal(Shell where, String nic) {
        return Waiting.until(
                "the kernel has found its link-local address to be its own",
                SOON,
                () -> where.sh("ip -6 -o addr show scope link -tentative dev " + nic
                                + " | sed -n 's,.* inet6 \\(fe80[^/]*\\)/.*,\\1,p'")
                        .text(),
                address -> !address.isEmpty());
    }

    /** From a guest that reaches its lab's client in the same way. */
    private static boolean reaches(Guest guest, String linkLocal, Client client) {
        String neighbour = linkLocal(client, client.nic());
        Waiting.until("the guest reaches " + neighbour, SOON, () -> isAnswered(guest, neighbour), answered -> answered);
        return isAnswered(guest, linkLocal);
    }

    private static boolean isAnswered(Guest guest, String linkLocal) {
        return guest.tryRun("ping", "-6", "-c", "2", "-W", "2", linkLocal + "%" + guest.nic())
                .succeeded();
    }

    private static String rules(Session session) {
        return engine(session)
                .hostNetwork()
                .run("nft", "list", "tables", "netdev")
                .text();
    }

    @Test
    @Timeout(200)
    void aGuestDoesNotReachTheHostOfItsEngine() {
        try (Session session = session("required")) {
            inALab(session, (guest, client) -> {
                assertThat(client.whoHas(HOSTS)).isNotAnswered();
                assertThat(reaches(guest, onTheBridge(session), client)).isFalse();
                assertThat(guest).reaches(client);
                assertThat(rules(session)).contains("table netdev taplab_");
            });

            assertThat(rules(session)).isEmpty();
        }
    }

    /** What the rules are for. */
    @Test
    @Timeout(200)
    void withoutIsolationItReachesEveryAddressOfTheHost() {
        try (Session session = session("off")) {
            inALab(session, (guest, client) -> {
                assertThat(client.whoHas(HOSTS)).isAnswered();
                assertThat(reaches(guest, onTheBridge(session), client)).isTrue();
                assertThat(rules(session)).isEmpty();
            });
        }
    }

    @Test
    @Timeout(100)
    void whereItIsNotPossibleThereIsNoneAndWhereItIsRequiredThatIsAnError() {
        try (Session session = session("auto")) {
            HostNetwork host = engine(session).hostNetwork();

            assertThat(host.isolate("taplab-none")).isEmpty();
            assertThat(rules(session)).isEmpty();
        }
        try (Session session = session("required")) {
            HostNetwork host = engine(session).hostNetwork();

            assertThatIllegalStateException()
                    .isThrownBy(() -> host.isolate("taplab-none"))
                    .withMessageMatching("the host of .* hears its labs, and a guest can reach it there: [^;]*"
                            + "taplab-none[^;]*; taplab.isolation=required forbids that");
        }
    }

    /** Whoever ends the container that has the rules: the kernel drops them, and the next lab has others. */
    @Test
    @Timeout(100)
    void theRulesGoWithTheirContainerAndAnotherOneFollows() {
        try (Session session = session("required")) {
            engine(session).host();
            HostNetwork host = engine(session).hostNetwork();
            AutoCloseable first = host.isolate("lo").orElseThrow();
            assertThat(rules(session)).isEqualTo("table netdev taplab_lo");

            assertThatIllegalStateException().isThrownBy(() -> host.run("sh", "-c", "kill -TERM 1; sleep 20"));

            assertThat(rules(session)).isEmpty();
            AutoCloseable second = host.isolate("lo").orElseThrow();
            assertThat(rules(session)).isEqualTo("table netdev taplab_lo");
            assertThatCode(second::close).doesNotThrowAnyException();
            assertThatCode(first::close).doesNotThrowAnyException();
        }
    }
}
