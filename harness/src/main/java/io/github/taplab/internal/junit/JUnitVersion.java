package io.github.taplab.internal.junit;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Ends a run with one sentence where JUnit is too old for Taplab, before it ends with a {@code NoClassDefFoundError}:
 * the extension itself can't speak, since its class implements what such a JUnit does not have.
 *
 * <p>A listener of the session, whose exceptions end the run: those of other listeners are logged and forgotten.
 */
public final class JUnitVersion implements LauncherSessionListener {

    private static final String SMALLEST = "5.13.4";
    private static final String NEWEST_PART = "org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback";

    private final ClassLoader classes;
    private final Optional<String> found;

    /** For the service loader. */
    public JUnitVersion() {
        this(
                JUnitVersion.class.getClassLoader(),
                Optional.ofNullable(Test.class.getPackage().getImplementationVersion()));
    }

    JUnitVersion(ClassLoader classes, Optional<String> found) {
        this.classes = classes;
        this.found = found;
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            Class.forName(NEWEST_PART, false, classes);
        } catch (ClassNotFoundException e) {
            throw new JUnitException(
                    "Taplab needs JUnit %s or later and found %s: import org.junit:junit-bom of one such version, before any other BOM that names a JUnit"
                            .formatted(SMALLEST, found.orElse("an older one")),
                    e);
        }
    }
}
