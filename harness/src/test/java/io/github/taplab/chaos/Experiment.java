package io.github.taplab.chaos;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.LabExtension;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.MacAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A test that uses all of a small lab, and passes unless something happens to it. System properties say what happens by
 * itself, and at which moment it waits for what is done from outside.
 */
@Disabled("run by ci/chaos")
class Experiment {

    private static final Duration COMMAND = Duration.ofSeconds(6);
    private static final Duration LONGER_THAN_ANY_TIMEOUT = Duration.ofSeconds(60);
    // What is done in the guest is done a second after it was asked for.
    private static final Duration STEPS = Duration.ofSeconds(3);

    private static final Moment MOMENT = Moment.valueOf(System.getProperty("chaos.moment", "IN_TEST"));
    private static final Way WAY = Way.valueOf(System.getProperty("chaos.way", "GUEST"));
    private static final boolean INSIDE = Boolean.getBoolean("chaos.inside");
    private static final Optional<Phase> PHASE =
            Optional.ofNullable(System.getProperty("chaos.phase")).map(Phase::valueOf);

    private static final Attachment ATTACHMENT = Attachment.valueOf(System.getProperty("chaos.attachment", "DIRECT"));

    @RegisterExtension
    static final LabExtension LAB = LabExtension.of(LabSpec.builder()
            .guest(GuestSpec.named("guest").withAttachment(ATTACHMENT))
            .build());

    @BeforeAll
    static void beforeAll(Guest guest, Launcher launcher, Client client) throws InterruptedException {
        happens(Phase.BEFORE_ALL, guest, launcher, client);
    }

    @BeforeEach
    void beforeEach(Guest guest, Launcher launcher, Client client) throws InterruptedException {
        happens(Phase.BEFORE_EACH, guest, launcher, client);
    }

    @Test
    void usesAllOfTheLab(Guest guest, Launcher launcher, Client client) throws IOException, InterruptedException {
        happens(Phase.TEST, guest, launcher, client);
        if (MOMENT == Moment.IN_TEST) {
            at(MOMENT);
            carryOut(order(), guest);
        }
        if (MOMENT == Moment.IN_COMMAND) {
            at(MOMENT);
            // What the guest does to itself it is told before the command, and does during it.
            if (INSIDE) {
                carryOut(order(), guest);
            }
            sleep(COMMAND, guest, launcher, client);
            if (!INSIDE) {
                carryOut(order(), guest);
            }
        }
        long end = System.nanoTime() + STEPS.toNanos();
        do {
            use(guest, launcher, client);
        } while (System.nanoTime() < end);
    }

    private static void use(Guest guest, Launcher launcher, Client client) {
        assertThat(guest.sh("echo alive")).printed("alive");
        // Asks libvirt where there is one; nothing else here does.
        assertThat(guest.macvtap()).hasMac(ofItsInterface(guest.mac()));
        // Not by the shell's own echo: of a full disk that says "I/O error".
        launcher.run("cp", "/usr/share/taplab/guest/cmdline", "/root/written");
        assertThat(client.sh("echo alive")).printed("alive");
        assertThat(client).reaches(guest.ip());
        if (guest.console().text().contains("\u001b")) {
            throw new IllegalStateException("The console's text has an escape character");
        }
    }

    // A macvtap has its guest's; libvirt gives a tap on a bridge one that the bridge never takes for its own.
    private static MacAddress ofItsInterface(MacAddress guests) {
        return ATTACHMENT == Attachment.BRIDGE
                ? MacAddress.of("fe" + guests.toString().substring(2))
                : guests;
    }

    @AfterEach
    void afterEach(Guest guest, Launcher launcher, Client client) throws InterruptedException {
        happens(Phase.AFTER_EACH, guest, launcher, client);
    }

    @AfterAll
    static void afterAll(Guest guest, Launcher launcher, Client client) throws IOException, InterruptedException {
        happens(Phase.AFTER_ALL, guest, launcher, client);
        if (MOMENT == Moment.AFTER_TESTS) {
            at(MOMENT);
            if (carryOut(order(), guest)) {
                launcher.run("sleep", "2");
            }
        }
        at(Moment.TEARDOWN);
    }

    private static void at(Moment moment) {
        System.out.println(ExperimentJvm.MARKER + moment.words());
    }

    private static String order() throws IOException {
        // Of all that is written to this JVM this is the only line.
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)).readLine();
    }

    /** Does what the guest shall do to itself; whether there was such an order. */
    private static boolean carryOut(String order, Guest guest) {
        Optional<Inside> inside = Arrays.stream(Inside.values())
                .filter(each -> each.order().equals(order))
                .findFirst();
        inside.ifPresent(each -> guest.sh(each.line()));
        return inside.isPresent();
    }

    private static void happens(Phase phase, Guest guest, Launcher launcher, Client client)
            throws InterruptedException {
        if (PHASE.filter(phase::equals).isEmpty()) {
            return;
        }
        at(Moment.IN_PHASE);
        if (Boolean.getBoolean("chaos.hangs")) {
            sleep(LONGER_THAN_ANY_TIMEOUT, guest, launcher, client);
        } else {
            throw new IllegalStateException("on purpose");
        }
    }

    private static void sleep(Duration time, Guest guest, Launcher launcher, Client client)
            throws InterruptedException {
        switch (WAY) {
            case OWN_CODE -> new CountDownLatch(1).await();
            case GUEST -> sleep(time, guest);
            case LAUNCHER -> sleep(time, launcher);
            case CLIENT -> sleep(time, client);
        }
    }

    private static void sleep(Duration time, Node node) {
        node.run(time.plusSeconds(60), "sleep", Long.toString(time.toSeconds()));
    }
}
