package io.github.taplab.internal.ssh.tunnel;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An engine can't be reached over SSH. The message says all that a user needs, so it has no cause. */
public final class TunnelException extends IOException {

    private static final long serialVersionUID = 1L;

    TunnelException(String message) {
        super(message);
    }

    /**
     * The same with what it comes from, for who looks at stack traces.
     *
     * @param origin null: there is none
     */
    TunnelException(String message, @Nullable Throwable origin) {
        super(message);
        if (origin != null) {
            addSuppressed(origin);
        }
    }
}
