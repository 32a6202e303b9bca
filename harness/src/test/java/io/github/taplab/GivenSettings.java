package io.github.taplab;

import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.config.Settings;
import java.util.Optional;

/** The settings for what a test starts itself, beside JUnit's runs: those of the JVM and its environment. */
public final class GivenSettings {

    private GivenSettings() {}

    public static Settings read() {
        return Settings.read(SettingSource.of(name -> Optional.empty()));
    }
}
