package io.github.taplab.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.HostFeature;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.LabSpec;
import java.util.Map;
import java.util.Optional;
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

    private static Optional<String> missing(HostFacts facts, HostFeature... features) {
        return facts.missing(LabSpec.builder().host(features).build());
    }

    @Test
    void whatALabInsistsOnAndTheHostHasNotIsASentence() {
        HostFacts none = new HostFacts(Platform.AMD64, "boot", "cpu", 246, false, false, false, "no /dev/kvm");

        assertThat(missing(none)).isEmpty();
        assertThat(missing(none, HostFeature.KVM))
                .contains("the lab asks for host = KVM, and on the Docker host guests are emulated: no /dev/kvm");
        assertThat(missing(none, HostFeature.VHOST_NET))
                .contains("the lab asks for host = VHOST_NET, and the Docker host has no vhost-net (module vhost_net)");
        assertThat(missing(none, HostFeature.NETEM))
                .contains(
                        "the lab asks for host = NETEM, and the Docker host's kernel has no netem (module sch_netem)");
        assertThatThrownBy(() ->
                        none.require(LabSpec.builder().host(HostFeature.KVM).build()))
                .isInstanceOf(LabUnavailableException.class)
                .hasMessageStartingWith("the lab asks for host = KVM");
    }

    private static Optional<String> missing(Platform platform, GuestSpec.Builder guest) {
        return new HostFacts(platform, "boot", "cpu", 246, true, true, true, "")
                .missing(LabSpec.builder().guest(guest.build()).build());
    }

    /**
     * Guests have the CPU of their host: where it is another one, an image is of no use, and a snapshot not told of.
     */
    @Test
    void whatIsForAnotherCpuIsMissing() {
        assertThat(missing(
                        Platform.ARM64, GuestSpec.builder("db").disk(DiskSpec.of(new ImageSource.Known("debian-13")))))
                .contains(
                        "db boots debian-13, which is for x86_64, and the Docker host's CPU is aarch64: give it an image for that by its URL or path, or take debian-cloud");
        assertThat(missing(Platform.ARM64, GuestSpec.builder("db").boot(BootMode.WARM)))
                .contains(
                        "db has boot = WARM, and on the Docker host's CPU (aarch64) a guest would not learn that it goes on from a snapshot, so it boots: leave boot out");

        assertThat(missing(
                        Platform.AMD64, GuestSpec.builder("db").disk(DiskSpec.of(new ImageSource.Known("debian-13")))))
                .isEmpty();
        assertThat(missing(Platform.AMD64, GuestSpec.builder("db").boot(BootMode.WARM)))
                .isEmpty();
        assertThat(missing(
                        Platform.ARM64,
                        GuestSpec.builder("db").disk(DiskSpec.of(new ImageSource.Known("debian-cloud")))))
                .isEmpty();
        assertThat(missing(Platform.ARM64, GuestSpec.builder("db"))).isEmpty();
    }

    @Test
    void whatItHasIsEnough() {
        assertThat(missing(new HostFacts(Platform.AMD64, "boot", "cpu", 246, false, false, true, ""), HostFeature.KVM))
                .isEmpty();
        assertThat(missing(
                        new HostFacts(Platform.AMD64, "boot", "cpu", 246, true, false, false, ""),
                        HostFeature.VHOST_NET))
                .isEmpty();
        assertThat(missing(
                        new HostFacts(Platform.AMD64, "boot", "cpu", 246, false, true, false, ""), HostFeature.NETEM))
                .isEmpty();
        assertThat(missing(
                        new HostFacts(Platform.AMD64, "boot", "cpu", 246, true, true, true, ""), HostFeature.values()))
                .isEmpty();
    }
}
