package io.github.taplab.samples.faults;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.eventually;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Impairment;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@LabContainer
@MacvtapVm
@Order(605)
@DisplayName("6.5 A bad line behind the macvtap")
@SuppressWarnings("try") // The line is bad as long as the block lasts.
class ImpairmentTests {

    private static final int PINGS = 200;

    @Test
    @Order(1)
    @DisplayName("all of the guest's frames get lost: it is cut off, and is not told")
    void totalLoss(Guest guest, Client client) {
        assertThat(guest).reaches(client.ip());
        // tag::loss[]
        try (Undo lost = guest.impair(Impairment.loss(100))) {
            assertThat(guest).doesNotReach(client.ip());
            assertThat(guest.link("eth0")).isUp().hasCarrier();
        }
        assertThat(client).reaches(guest.ip());
        // end::loss[]
    }

    @Test
    @Order(2)
    @DisplayName("some of them get lost: some pings are answered and some are not")
    void someLoss(Guest guest, Client client) {
        assertThat(client).reaches(guest.ip());
        // An emulated guest on a busy machine may answer a few too late.
        eventually(
                Duration.ofSeconds(30),
                () -> assertThat(client.ping(guest.ip(), PINGS).received()).isGreaterThan(PINGS * 9 / 10));
        try (Undo lossy = guest.impair(Impairment.loss(30))) {
            // Of 200 pings 140 are answered, give or take 20: more than 170 would be as likely as a meteorite, and
            // fewer than 100 a line that loses half.
            assertThat(client.ping(guest.ip(), PINGS).received()).isBetween(PINGS / 2, PINGS * 17 / 20);
        }
    }

    @Test
    @Order(3)
    @DisplayName("a tenth of the rate: what the guest sends takes ten times as long")
    void limitedRate(Guest guest, Client client) {
        guest.sh("dd if=/dev/zero of=/tmp/file bs=1000000 count=4 && httpd -p 8080 -h /tmp");
        double unlimited = bitsPerSecond(client, guest);
        double tenth = unlimited / 10;
        try (Undo slow = guest.impair(Impairment.rate((long) tenth))) {
            // A machine that is busy can only be slower. The first frames pass as a burst.
            assertThat(bitsPerSecond(client, guest)).isLessThan(1.1 * tenth);
        }
    }

    private static double bitsPerSecond(Client client, Guest guest) {
        String url = "http://" + guest.ip().getHostAddress() + ":8080/file";
        String bytesPerSecond = client.run("curl", "-s", "-o", "/dev/null", "-w", "%{speed_download}", url)
                .text();
        return 8 * Double.parseDouble(bytesPerSecond);
    }
}
