package io.github.taplab.internal.docker;

import org.jspecify.annotations.Nullable;

/** Who should run commands is gone, or says nothing any more. */
public final class NoAnswerException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
