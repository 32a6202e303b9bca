package io.github.taplab.internal.wait;

/** Failures that come on top of another one. */
public final class Suppressed {

    private Suppressed() {}

    /**
     * Notes a failure on another one. Who has waited for the same event twice ({@link Waiting#joined}) may have the
     * same failure twice, which {@link Throwable#addSuppressed} refuses with an exception of its own.
     */
    public static void add(Throwable failure, Throwable further) {
        if (further != failure) {
            failure.addSuppressed(further);
        }
    }
}
