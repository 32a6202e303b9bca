package io.github.taplab.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PreflightTests {

    @Test
    void aKernelWithoutMacvtapIsSaidToHaveNone() {
        assertThat(Preflight.noMacvtap(
                        Map.of("kernel", "6.18.0-cloud", "macvtap.error", "Error: Unknown device type.")))
                .hasMessage("The Docker host's kernel 6.18.0-cloud has no macvtap (Error: Unknown device type.)."
                        + " Its module is called macvtap; on cloud kernels it is often in an extra package");
    }

    @Test
    void aContainerThatMayNotMakeOneIsNotTheKernelsFault() {
        assertThat(Preflight.noMacvtap(
                        Map.of("kernel", "6.18.0", "macvtap.error", "RTNETLINK answers: Operation not permitted")))
                .message()
                .isEqualToNormalizingNewlines("""
                        The Docker host gives a container no macvtap: RTNETLINK answers: Operation not permitted
                          means:    the container may not change its network
                          look at:  its capabilities, which need NET_ADMIN: an engine that is rootless, or drops it, can't run a lab""");
    }
}
