package io.github.taplab.internal.docker;

import com.github.dockerjava.api.model.Info;
import java.util.Objects;

/**
 * How large an engine's host is.
 *
 * @param cores that it has
 * @param mib its memory
 */
public record EngineSize(int cores, long mib) {

    private static final int SHIFT_TO_MIB = 20;

    /** What the engine says; of what it does not say, one core, and memory without end. */
    static EngineSize of(Info info) {
        return new EngineSize(
                Objects.requireNonNullElse(info.getNCPU(), 1),
                Objects.requireNonNullElse(info.getMemTotal(), Long.MAX_VALUE) >> SHIFT_TO_MIB);
    }
}
