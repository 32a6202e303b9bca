package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;

import io.github.taplab.FromLab;
import io.github.taplab.LabExtension;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.NicSpec;
import io.github.taplab.spec.Subnet;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest's address of the test's own choice needs a subnet of its own choice. */
@Tag("lab")
class ChosenAddressLabTests {

    private static final int LENGTH = 28;

    private static final Subnet SUBNET = free();
    private static final InetAddress CHOSEN = SUBNET.host(13);

    @RegisterExtension
    static final LabExtension LAB = LabExtension.of(LabSpec.builder()
            .subnet(SUBNET)
            .guest(GuestSpec.named("guest").withNic(NicSpec.DEFAULT.withIp(CHOSEN)))
            .build());

    // Not one for all times: other labs, of this run too, are on the same engine.
    private static Subnet free() {
        List<Subnet> taken = taken();
        return ThreadLocalRandom.current()
                .ints(0, 1 << (LENGTH - Subnet.LAB_RANGE.prefixLength()))
                .mapToObj(number -> Subnet.LAB_RANGE.part(LENGTH, number))
                .filter(one -> taken.stream().noneMatch(other -> other.contains(one) || one.contains(other)))
                .findFirst()
                .orElseThrow();
    }

    private static List<Subnet> taken() {
        try {
            return EngineView.subnets();
        } catch (RuntimeException | ExceptionInInitializerError | NoClassDefFoundError noEngine) {
            // The extension says so.
            return List.of();
        }
    }

    @Test
    void guestHasItAndIsReachedAtIt(Lab lab, @FromLab("guest") Guest guest, Client client) {
        assertThat(lab.subnet()).isEqualTo(SUBNET);
        assertThat(guest).hasAddress(CHOSEN);
        assertThat(client).reaches(CHOSEN);
    }
}
