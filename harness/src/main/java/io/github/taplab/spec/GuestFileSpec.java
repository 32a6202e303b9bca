package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** A file that a guest has from the start. */
@API(status = Status.STABLE, since = "0.1.0")
public final class GuestFileSpec {

    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    // Linux takes no longer one (PATH_MAX).
    private static final int LONGEST_PATH = 4095;
    private static final Pattern PATH = Pattern.compile("(/[^/\\s:\\p{Cntrl}]++)++");

    private final String path;
    private final String content;
    private final String mode;

    GuestFileSpec(String path, String content, String mode) {
        Given.check("a file", "path", path, "content", content, "mode", mode);
        List<String> problems = new ArrayList<>();
        if (path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
            problems.add("path = %s of a file, must be absolute, without spaces and colons".formatted(Quoted.of(path)));
        }
        if (!MODE.matcher(mode).matches()) {
            problems.add("mode = %s of %s, must be octal, such as 0644".formatted(Quoted.of(mode), Quoted.of(path)));
        }
        InvalidSpecException.throwIfAny(problems);
        this.path = path;
        this.content = content;
        this.mode = mode;
    }

    /** Absolute. */
    public String path() {
        return path;
    }

    /** Text. */
    public String content() {
        return content;
    }

    /** Octal permissions such as {@code 0644}. */
    public String mode() {
        return mode;
    }

    /** Without the content, which may be long, or a secret. */
    @Override
    public String toString() {
        return "GuestFileSpec[path=%s, content=(%d characters), mode=%s]".formatted(path, content.length(), mode);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GuestFileSpec that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private List<Object> values() {
        return List.of(path, content, mode);
    }

    /** A file that everybody may read. */
    public static Builder builder(String path, String content) {
        return new Builder(path, content);
    }

    /** Collects a {@link GuestFileSpec}; nothing is checked before {@link #build}. */
    public static final class Builder {

        private final String path;
        private final String content;
        private String mode = "0644";

        private Builder(String path, String content) {
            this.path = path;
            this.content = content;
        }

        /** Octal permissions such as {@code 0644}. */
        public Builder mode(String value) {
            mode = value;
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws InvalidSpecException with every broken rule
         */
        public GuestFileSpec build() {
            return new GuestFileSpec(path, content, mode);
        }
    }
}
