package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.diagnosis.Diagnosis;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.InterfaceIp;
import io.github.taplab.spec.MacAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a state that really is: one test a rule, each in the lab as it began, in which nothing is said. */
@LabContainer(scope = LabScope.REWIND, ipv6 = true)
@MacvtapVm(attachment = Attachment.QEMU)
@SuppressWarnings({
    "NullAway.Init", // The lab sets the fields.
    "try" // A smaller MTU lasts as long as its block.
})
class DiagnosisLabTests {

    private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:99");

    @FromLab
    static Lab lab;

    @FromLab
    static Launcher launcher;

    @FromLab
    static Guest guest;

    @FromLab
    static Client client;

    private static List<String> causes(String failure) {
        return Diagnosis.causes(Behind.of(RunningLab.class, lab).running(), failure);
    }

    private static String text(Lab lab, String node) {
        return InterfaceIp.text(
                switch (node) {
                    case "guest" -> guest.ip();
                    case "client" -> client.ip();
                    default -> lab.launcher().ip();
                });
    }

    @Test
    void inALabWhereAllGoesTogetherNothingIsSaid() {
        assertThat(client.ping(guest.ip())).isAnswered();
        assertThat(client.ping(guest.ip6())).isAnswered();
        assertThat(client.ping(launcher.ip())).isAnswered();

        assertThat(causes("SSH from client to guest at %s, found: no route".formatted(text(lab, "guest"))))
                .isEmpty();
        assertThat(causes("Ping from client to " + InterfaceIp.text(guest.ip6())))
                .isEmpty();
    }

    @Test
    void oneAddressOnLauncherAndGuest() {
        guest.addAddress(launcher.interfaceIp());

        assertThat(causes(""))
                .singleElement()
                .asString()
                .startsWith(text(lab, "launcher") + " is an address of ")
                .contains("launcher (eth0, %s)".formatted(launcher.mac()), "guest (eth0, %s)".formatted(guest.mac()));
    }

    @Test
    void aChangedMac() {
        guest.setMac(OTHER);

        assertThat(causes(""))
                .containsExactly(
                        ("the MAC address of eth0 on guest is %s, that of its %s on launcher %s: in mode bridge it"
                                        + " gets only frames that are sent to the latter, and broadcasts")
                                .formatted(
                                        OTHER,
                                        guest.macvtap().name(),
                                        guest.macvtap().mac()));
    }

    @Test
    void anAddressThatIsHandedOverWithoutAWord() {
        assertThat(client.ping(launcher.ip())).isAnswered();
        String ip = text(lab, "launcher");
        guest.addAddress(launcher.interfaceIp());
        launcher.removeAddress();

        assertThat(causes(""))
                .singleElement()
                .asString()
                .startsWith("the neighbour entry of %s on client has %s, which is eth0 on launcher ("
                        .formatted(ip, launcher.mac()))
                .endsWith("while the address is that of guest (eth0, %s)".formatted(guest.mac()));
    }

    @Test
    void anAddressWithADuplicate() {
        // Of the launcher's the guest would hear nothing.
        guest.addAddress(new InterfaceIp(client.ip6(), 64));
        eventually(() -> assertThat(guest).hasDuplicateAddress(client.ip6()));

        assertThat(causes(""))
                .containsExactly("%s on guest can't be used: duplicate address detection has found another that has it"
                        .formatted(InterfaceIp.text(client.ip6())));
    }

    @Test
    void aPulledCable() {
        Undo unusedLabGoesBack = guest.unplugCable();

        assertThat(causes("")).containsExactly("eth0 on guest has no carrier: nothing passes there");
    }

    @Test
    void aParentThatIsDown() {
        launcher.setDown("eth0");

        assertThat(causes("")).contains("eth0 on launcher, the way of eth0 on guest, is down: nothing passes there");
    }

    @Test
    void aParentWithASmallerMtu() {
        String macvtap = guest.macvtap().name();
        try (Undo alone = launcher.overrideMtu(macvtap, 1400)) {
            guest.run("ping", "-c", "1", "-s", "1450", text(lab, "client"));
            assertThat(causes("")).isEmpty();
        }

        Undo unusedLabGoesBack = launcher.overrideMtu("eth0", 1400);
        assertThat(guest.tryRun("ping", "-c", "1", "-W", "2", "-s", "1450", text(lab, "client")))
                .hasExitCode(1);
        assertThat(causes(""))
                .containsExactly(
                        "the MTU of eth0 on guest is 1500, that of eth0 on launcher, the parent of its %s, 1400: larger packets are lost"
                                .formatted(macvtap));
    }

    @Test
    void theLauncherAndItsGuest() {
        String cause = "launcher and guest are a macvtap's parent and its guest, which exchange no frames in any mode"
                + " unless the bridge sends them back (hairpin)";

        assertThatThrownBy(() -> assertThat(launcher.ping(guest.ip())).isAnswered())
                .satisfies(failure ->
                        assertThat(causes(String.valueOf(failure.getMessage()))).containsExactly(cause));
        assertThatThrownBy(() -> assertThat(guest.ssh(guest, launcher.ip())).isConnected())
                .satisfies(failure ->
                        assertThat(causes(String.valueOf(failure.getMessage()))).containsExactly(cause));
    }

    @Test
    void noAddressAndNoDefaultRoute() {
        guest.removeDefaultRoute();
        assertThat(causes("Ping from guest to 203.0.113.2, found: no route"))
                .containsExactly("guest has no default route");

        Arrays.asList(guest.interfaceIp(), guest.interfaceIp6()).forEach(guest::removeAddress);
        assertThat(causes("SSH from client to guest at 198.18.0.5"))
                .containsExactly("guest has no IP address but those of its links");
    }

    /** Its macvtap joins the group of the link-local address that comes of its MAC address, and of no other. */
    @Test
    void anAddressWhoseGroupTheMacvtapHasNotJoined() {
        String own = InterfaceIp.text(guest.ip6());
        InterfaceIp other = guest.interfaceIp6().plus(100);
        guest.addAddress(other);
        eventually(() -> assertThat(guest).hasUsableAddress(other.ip()));

        assertThat(causes("Ping from client to " + InterfaceIp.text(other.ip())))
                .singleElement()
                .asString()
                .startsWith("%s on launcher has not joined 33:33:ff:"
                        .formatted(guest.macvtap().name()))
                .contains("the group in which neighbours ask for " + InterfaceIp.text(other.ip()));
        assertThat(causes("Ping from client to " + own)).isEmpty();

        Undo unusedLabGoesBack = launcher.enableAllMulticast(guest.macvtap().name());
        assertThat(causes("Ping from client to " + InterfaceIp.text(other.ip())))
                .isEmpty();
    }

    @Test
    void anSshServerThatTurnsDown() {
        String failure = "SSH from client to guest at 198.18.0.5, found: authentication failed after 90 ms";
        assertThat(causes(failure)).containsExactly("the SSH server of guest: it takes no passwords (dropbear -s)");

        guest.run("rm", "/root/.ssh/authorized_keys");
        assertThat(causes(failure))
                .contains("the SSH server of guest: root's authorized_keys is missing or empty: no key lets root in");
        assertThat(causes("SSH from client to guest at 198.18.0.5, found: timed out"))
                .isEmpty();
    }

    @Test
    void aNameServerThatIsSilent() {
        String server = InterfaceIp.text(client.ip());
        for (Node asking : List.of(guest, client)) {
            asking.sh("echo nameserver %s >/etc/resolv.conf".formatted(server));
            assertThat(causes("HTTP from %s to http://a/, found: name not resolved".formatted(asking.name())))
                    .containsExactly("the name server %s of %s does not answer".formatted(server, asking.name()));

            asking.sh(": >/etc/resolv.conf");
            assertThat(causes("HTTP from %s to http://a/, found: name not resolved".formatted(asking.name())))
                    .containsExactly("%s has no name server in its /etc/resolv.conf".formatted(asking.name()));
        }
    }

    /** The message of a test that fails has it, and nothing but the message is another one. */
    @Test
    void aFailedTestEndsWithTheCause(@TempDir Path output) {
        Fixtures.run(ChangedMac.class, output, Map.of("taplab.acceleration", "tcg"))
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(message(text -> text.matches("(?s)Ping from client to \\S+\\R.*\\R"
                                + "  cause:    the MAC address of eth0 on guest is 02:00:00:00:00:99, that of its"
                                + " \\S+ on launcher 02:9e:.*"))));
    }

    @Disabled("run by this class")
    @LabContainer
    @MacvtapVm(attachment = Attachment.QEMU)
    static class ChangedMac {

        @Test
        void fails(Guest changed, Client asking) {
            changed.setMac(OTHER);
            assertThat(asking.ping(changed.ip())).isAnswered();
        }
    }
}
