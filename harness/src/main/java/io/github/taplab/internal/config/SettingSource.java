package io.github.taplab.internal.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are looked for: JUnit's configuration parameters, such as those in {@code junit-platform.properties},
 * then system properties, then the environment.
 */
public final class SettingSource {

    private final Function<String, Optional<String>> parameters;
    private final UnaryOperator<@Nullable String> properties;
    private final UnaryOperator<@Nullable String> environment;

    SettingSource(
            Function<String, Optional<String>> parameters,
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> environment) {
        this.parameters = parameters;
        this.properties = properties;
        this.environment = environment;
    }

    /** Those of a run of JUnit's, by its configuration parameters. */
    public static SettingSource of(Function<String, Optional<String>> parameters) {
        return new SettingSource(parameters, System::getProperty, System::getenv);
    }

    /** System properties and the environment alone: for what is asked before a run has configuration parameters. */
    public static SettingSource ofTheJvm() {
        return of(unused -> Optional.empty());
    }

    /**
     * The value of a setting, such as {@code taplab.required}, without white space at its ends; an empty one is none.
     */
    public Optional<String> get(String name) {
        return parameters
                .apply(name)
                .or(() -> Optional.ofNullable(properties.apply(name)))
                .or(() -> Optional.ofNullable(environment.apply(variable(name))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** A system property that is no setting of Taplab's. */
    Optional<String> property(String name) {
        return Optional.ofNullable(properties.apply(name));
    }

    /** An environment variable that is no setting of Taplab's. */
    Optional<String> variableNamed(String name) {
        return Optional.ofNullable(environment.apply(name));
    }

    /** The environment variable for a setting: {@code TAPLAB_BASE_IMAGE} for {@code taplab.base.image}. */
    static String variable(String name) {
        return name.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
