package io.github.taplab.internal.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.libvirt.event.StoppedDetail;

class DomainEventsTests {

    private final DomainEvents events = new DomainEvents();

    @Test
    void theEndOfTheDaemonIsNoEndOfTheDomain() {
        events.silent("libvirtd is gone");

        assertThat(events.agent().first()).isCompletedExceptionally();
        assertThat(events.end()).isNotDone();
    }

    @Test
    void noMoreIsSaidThanIsKnown() {
        assertThat(DomainEvents.words(StoppedDetail.FAILED))
                .isEqualTo("its QEMU has ended without having been told to, killed by a signal or crashed (libvirt:"
                        + " FAILED)");
        assertThat(DomainEvents.words(StoppedDetail.SHUTDOWN))
                .isEqualTo("its guest has powered off, or a signal has ended its QEMU in order");
    }
}
