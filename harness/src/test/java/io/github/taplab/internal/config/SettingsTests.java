package io.github.taplab.internal.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.internal.config.Settings.Acceleration;
import io.github.taplab.internal.config.Settings.Hold;
import io.github.taplab.internal.config.Settings.Isolation;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTests {

    private static final String IMAGE = "registry.example:5000/taplab/lab@sha256:" + "0a".repeat(32);

    private static final Map<String, String> HOME = Map.of("user.home", "/home/dev");

    @Test
    void defaultsAskForNothing() {
        assertThat(settings(HOME, Map.of()))
                .isEqualTo(new Settings(
                        false,
                        Acceleration.AUTO,
                        List.of(new EngineName.Local()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Path.of("/home/dev/.cache/taplab"),
                        ByteSize.parse("20G"),
                        BootMode.EITHER,
                        Duration.ofMinutes(3),
                        Optional.empty(),
                        Set.of(Attachment.values()),
                        false,
                        true,
                        Isolation.AUTO,
                        Hold.NEVER,
                        Duration.ofMinutes(30),
                        ReportFolder.AUTO));
    }

    @Test
    void readsEverySystemProperty() {
        Map<String, String> properties = Map.ofEntries(
                entry("taplab.required", " TRUE "),
                entry("taplab.attachments", "direct, QEMU"),
                entry("taplab.story", "true"),
                entry("taplab.rings", "off"),
                entry("taplab.isolation", "required"),
                entry("taplab.report", "out/pages"),
                entry("taplab.ahead", "4"),
                entry("taplab.boot", "cold"),
                entry("taplab.acceleration", "tcg"),
                entry("taplab.engines", "context:lab, local"),
                entry("taplab.image", IMAGE),
                entry("taplab.base.image", "debian:trixie-slim"),
                entry("taplab.debian.mirror", "http://mirror.example/debian"),
                entry("taplab.cache", "/var/cache/taplab"),
                entry("taplab.cache.size", "500M"),
                entry("taplab.boot.silence", "20 "),
                entry("taplab.hold", "failure"),
                entry("taplab.hold.deadline", "60"));

        assertThat(settings(properties, Map.of()))
                .isEqualTo(new Settings(
                        true,
                        Acceleration.TCG,
                        List.of(new EngineName.Context("lab"), new EngineName.Local()),
                        Optional.of(IMAGE),
                        Optional.of("debian:trixie-slim"),
                        Optional.of("http://mirror.example/debian"),
                        Path.of("/var/cache/taplab"),
                        ByteSize.parse("500M"),
                        BootMode.COLD,
                        Duration.ofSeconds(20),
                        Optional.of(4),
                        Set.of(Attachment.DIRECT, Attachment.QEMU),
                        true,
                        false,
                        Isolation.REQUIRED,
                        Hold.FAILURE,
                        Duration.ofMinutes(1),
                        new ReportFolder(true, Optional.of(Path.of("out/pages")))));
    }

    @Test
    void readsEveryEnvironmentVariable() {
        Map<String, String> environment = Map.ofEntries(
                entry("TAPLAB_REQUIRED", "true"),
                entry("TAPLAB_ATTACHMENTS", "DIRECT,QEMU"),
                entry("TAPLAB_STORY", "true"),
                entry("TAPLAB_RINGS", "Off"),
                entry("TAPLAB_ISOLATION", "Off"),
                entry("TAPLAB_REPORT", "out/pages"),
                entry("TAPLAB_AHEAD", "4"),
                entry("TAPLAB_BOOT", "COLD"),
                entry("TAPLAB_ACCELERATION", "KVM"),
                entry("TAPLAB_ENGINES", "context:lab,local"),
                entry("TAPLAB_IMAGE", IMAGE),
                entry("TAPLAB_BASE_IMAGE", "debian:trixie-slim"),
                entry("TAPLAB_DEBIAN_MIRROR", "http://mirror.example/debian"),
                entry("TAPLAB_CACHE", "/var/cache/taplab"),
                entry("TAPLAB_CACHE_SIZE", "500 MiB"),
                entry("TAPLAB_BOOT_SILENCE", "20"),
                entry("TAPLAB_HOLD", "Always"),
                entry("TAPLAB_HOLD_DEADLINE", "60"));

        assertThat(settings(HOME, environment))
                .isEqualTo(new Settings(
                        true,
                        Acceleration.KVM,
                        List.of(new EngineName.Context("lab"), new EngineName.Local()),
                        Optional.of(IMAGE),
                        Optional.of("debian:trixie-slim"),
                        Optional.of("http://mirror.example/debian"),
                        Path.of("/var/cache/taplab"),
                        ByteSize.parse("500M"),
                        BootMode.COLD,
                        Duration.ofSeconds(20),
                        Optional.of(4),
                        Set.of(Attachment.DIRECT, Attachment.QEMU),
                        true,
                        false,
                        Isolation.OFF,
                        Hold.ALWAYS,
                        Duration.ofMinutes(1),
                        new ReportFolder(true, Optional.of(Path.of("out/pages")))));
    }

    @Test
    void propertyBeatsEnvironment() {
        Settings settings = settings(
                Map.of("taplab.required", "false", "taplab.cache", "/by/property"),
                Map.of("TAPLAB_REQUIRED", "true", "TAPLAB_CACHE", "/by/environment"));

        assertThat(settings.required()).isFalse();
        assertThat(settings.cache()).isEqualTo(Path.of("/by/property"));
    }

    @Test
    void blankMeansNotSet() {
        assertThat(settings(HOME, Map.of("TAPLAB_BASE_IMAGE", " ", "XDG_CACHE_HOME", "")))
                .isEqualTo(settings(HOME, Map.of()));
    }

    @Test
    void cacheFollowsTheXdgVariable() {
        assertThat(settings(HOME, Map.of("XDG_CACHE_HOME", "/scratch")).cache()).isEqualTo(Path.of("/scratch/taplab"));
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "Kvm, KVM", "TCG, TCG"})
    void accelerationIsReadInAnyCase(String text, Acceleration acceleration) {
        assertThat(settings(withHome("taplab.acceleration", text), Map.of()).acceleration())
                .isEqualTo(acceleration);
    }

    @ParameterizedTest
    @CsvSource({"auto,", "Off, 0", "1, 1", "16, 16"})
    void howManyLabsAreMadeAheadIsAWordOrANumber(String text, Integer labs) {
        assertThat(settings(withHome("taplab.ahead", text), Map.of()).ahead()).isEqualTo(Optional.ofNullable(labs));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000", "1.5", "on"})
    void anotherNumberOfThemIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(withHome("taplab.ahead", text), Map.of()))
                .withMessage("taplab.ahead is auto, off or a number of labs such as 2, found \"" + text + "\"");
    }

    private static Settings settings(Map<String, String> properties, Map<String, String> environment) {
        return Settings.read(new SettingSource(unused -> Optional.empty(), properties::get, environment::get));
    }

    private static Map<String, String> withHome(String key, String value) {
        return Map.of("user.home", "/home/dev", key, value);
    }
}
