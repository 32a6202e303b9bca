package io.github.taplab.samples.images;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.capture.Capture;
import io.github.taplab.capture.Frame;
import io.github.taplab.node.Client;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.SshAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What OpenSSH's server in a guest with an address is told by its configuration, and when. */
abstract class SshdConfiguration {

    static final String PASSWORD = "swordfish";
    /** The first of the files that sshd reads; of two lines for one thing it believes the first. */
    static final String CONFIG = "/etc/ssh/sshd_config.d/00-spec.conf";
    // systemd refuses a sixth start within ten seconds.
    private static final String RESTART = "systemctl reset-failed ssh; systemctl restart ssh";

    // Of two seconds a little less, since an emulated guest's clock is not the launcher's.
    private static final Duration RESOLVER_TIMEOUT = Duration.ofMillis(1800);

    @Test
    @Order(5)
    @DisplayName("what sshd permits is what it read at its start")
    void sshdReadsItsConfigurationAtItsStart(Guest guest, Client client) {
        permit(guest, "no");
        guest.sh(RESTART);
        assertThat(client.sshWithPassword(guest, "root", PASSWORD)).failedAuthenticationOffering("publickey");

        permit(guest, "yes");
        assertThat(client.sshWithPassword(guest, "root", PASSWORD)).failedAuthenticationOffering("publickey");

        guest.sh(RESTART);
        assertThat(client.sshWithPassword(guest, "root", PASSWORD)).isConnected();
        assertThat(client.sshWithPassword(guest, "root", "not " + PASSWORD))
                .failedAuthenticationOffering("publickey", "password");
    }

    @Test
    @Order(5)
    @DisplayName("AuthorizedKeysFile is commented out and has its default: a key in it is taken, and in none is not")
    void aCommentedAuthorizedKeysFileHasItsDefault(Guest guest, Client client) {
        configure(guest, "AuthorizedKeysFile none\\nPasswordAuthentication yes\\n");
        assertThat(client.ssh(guest)).failedAuthenticationOffering("publickey", "password");
        assertThat(guest.sh("grep AuthorizedKeysFile /etc/ssh/sshd_config").text())
                .startsWith("#AuthorizedKeysFile");
        configure(guest, "");
        assertThat(guest.run("sshd", "-T").stdout()).contains("authorizedkeysfile .ssh/authorized_keys ");
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(5)
    @DisplayName("with PubkeyAuthentication no the right key is of no use, and is not asked for")
    void withoutPubkeyAuthenticationNoKeyIsTaken(Guest guest, Client client) {
        configure(guest, "PubkeyAuthentication no\\nPasswordAuthentication yes\\n");
        assertThat(client.ssh(guest)).failedAuthenticationOffering("password");

        configure(guest, "PubkeyAuthentication yes\\n");
        assertThat(client.ssh(guest)).isConnected();
    }

    @Test
    @Order(6)
    @DisplayName("with a name server that does not answer, sshd looks in vain for the client's name, and logs in late")
    void aSilentNameServerMakesLogInsSlow(Launcher launcher, Guest guest, Client client, Gateway gateway) {
        // With the usual 5 s there is little left of the time that a log-in has.
        guest.sh("echo UseDNS yes >>" + CONFIG + "; echo options timeout:2 >>/etc/resolv.conf; " + RESTART);
        int askedOnce;
        try (Capture questions = launcher.capture(guest.macvtap().name(), "udp dst port 53")) {
            assertThat(client.ssh(guest)).isConnected();
            questions.await("a question for the client's name", frame -> true);
            askedOnce = questions.frames().size();
        }
        gateway.sh("kill -STOP $(pidof dnsmasq)");
        try (Capture questions = launcher.capture(guest.macvtap().name(), "udp dst port 53")) {
            SshAttempt late = client.ssh(guest);
            assertThat(late).isConnected();
            // Not by the clock alone, since a busy machine makes log-ins slow too: it has asked again, after a while.
            assertThat(questions.frames()).hasSizeGreaterThan(askedOnce);
            assertThat(longestPause(questions)).isGreaterThanOrEqualTo(RESOLVER_TIMEOUT);
            assertThat(late.took()).isGreaterThan(longestPause(questions));
        } finally {
            gateway.sh("kill -CONT $(pidof dnsmasq)");
        }
        assertThat(client.ssh(guest)).isConnected();
    }

    private static Duration longestPause(Capture questions) {
        List<Instant> asked = questions.frames().stream().map(Frame::at).toList();
        return IntStream.range(1, asked.size())
                .mapToObj(next -> Duration.between(asked.get(next - 1), asked.get(next)))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static void permit(Guest guest, String yesOrNo) {
        write(guest, "PermitRootLogin %1$s\\nPasswordAuthentication %1$s\\n".formatted(yesOrNo));
    }

    private static void configure(Guest guest, String lines) {
        write(guest, "PermitRootLogin yes\\n" + lines);
        guest.sh(RESTART);
    }

    private static void write(Guest guest, String lines) {
        guest.sh("printf '%s' >%s".formatted(lines, CONFIG));
    }
}
