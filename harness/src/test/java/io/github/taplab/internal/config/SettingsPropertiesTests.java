package io.github.taplab.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a setting has as its value: it is taken, or refused with one line that names the setting. */
class SettingsPropertiesTests {

    @Property
    void everySetting(@ForAll("keys") String key, @ForAll("values") String value) {
        Map<String, String> properties = Map.of("user.home", "/home/dev", key, value);

        Throwable refused = catchThrowable(
                () -> Settings.read(new SettingSource(unused -> Optional.empty(), properties::get, unused -> null)));
        if (refused != null) {
            assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(key + " is ");
            assertThat(String.valueOf(refused.getMessage()).chars()).noneMatch(Character::isISOControl);
        }
    }

    @Property
    void aSizeIsReadBack(@ForAll long bytes) {
        long size = bytes & Long.MAX_VALUE;

        assertThat(ByteSize.parse(Long.toString(size)).bytes()).isEqualTo(size);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(SettingNames.ALL);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Garbage.text(),
                Garbage.mutated("true", "tcg", "debian:trixie", "/var/cache", "20 GiB", "180", "DIRECT,QEMU"));
    }
}
