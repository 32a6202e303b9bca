package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.core.LauncherFactory;

class JUnitVersionTests {

    /** Knows the JDK only, as a class path with a JUnit that is too old lacks what is looked for. */
    private static final ClassLoader WITHOUT_JUNIT = ClassLoader.getPlatformClassLoader();

    @Test
    void aJUnitThatIsTooOldIsRefusedInOneSentence() {
        try (LauncherSession session = LauncherFactory.openSession()) {
            assertThatThrownBy(
                            () -> new JUnitVersion(WITHOUT_JUNIT, Optional.of("5.12.2")).launcherSessionOpened(session))
                    .isInstanceOf(JUnitException.class)
                    .hasMessage(
                            "Taplab needs JUnit 5.13.4 or later and found 5.12.2: import org.junit:junit-bom of one such version, before any other BOM that names a JUnit");
        }
    }

    @Test
    void aJUnitThatDoesNotTellItsVersionIsRefusedToo() {
        try (LauncherSession session = LauncherFactory.openSession()) {
            assertThatThrownBy(() -> new JUnitVersion(WITHOUT_JUNIT, Optional.empty()).launcherSessionOpened(session))
                    .hasMessageStartingWith("Taplab needs JUnit 5.13.4 or later and found an older one: import ");
        }
    }

    @Test
    void theJUnitOfThisBuildIsGoodEnough() {
        try (LauncherSession session = LauncherFactory.openSession()) {
            assertThatCode(() -> new JUnitVersion().launcherSessionOpened(session))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void itIsRegistered() {
        assertThat(ServiceLoader.load(LauncherSessionListener.class)).hasAtLeastOneElementOfType(JUnitVersion.class);
    }
}
