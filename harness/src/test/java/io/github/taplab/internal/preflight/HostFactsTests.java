package io.github.taplab.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HostFactsTests {

    @Test
    void readsKeysAndValuesAndSkipsOtherLines() {
        assertThat(HostFacts.lines("""
                        kernel=6.18.0
                        modprobe: FATAL: Module macvtap not found

                        macvtap.major=246
                        macvtap.error=
                        """))
                .isEqualTo(Map.of("kernel", "6.18.0", "macvtap.major", "246", "macvtap.error", ""));
    }

    @Test
    void valueMayHaveAnEqualsSign() {
        assertThat(HostFacts.lines("kvm.reason=no console output after 10 s (init=/init)\r\n"))
                .isEqualTo(Map.of("kvm.reason", "no console output after 10 s (init=/init)"));
    }

    @Test
    void silenceHasNoFacts() {
        assertThat(HostFacts.lines("")).isEmpty();
    }
}
