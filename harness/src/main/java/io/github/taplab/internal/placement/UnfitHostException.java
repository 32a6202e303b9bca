package io.github.taplab.internal.placement;

/** A lab could not start, since it insists on something that its host has not; from now on that is known. */
final class UnfitHostException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    UnfitHostException(String host, String why, Throwable cause) {
        super("%s: %s".formatted(host, why), cause);
    }
}
