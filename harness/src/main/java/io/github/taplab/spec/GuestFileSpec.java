package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file that a guest has from the start.
 *
 * @param path absolute
 * @param content text
 * @param mode octal permissions such as {@code 0644}
 */
public record GuestFileSpec(String path, String content, String mode) {

    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    // Linux takes no longer one (PATH_MAX).
    private static final int LONGEST_PATH = 4095;
    private static final Pattern PATH = Pattern.compile("(/[^/\\s:\\p{Cntrl}]++)++");

    /**
     * Checks the file.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public GuestFileSpec {
        Given.check("a file", "path", path, "content", content, "mode", mode);
        List<String> problems = new ArrayList<>();
        if (path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
            problems.add("path = %s of a file, must be absolute, without spaces and colons".formatted(Quoted.of(path)));
        }
        if (!MODE.matcher(mode).matches()) {
            problems.add("mode = %s of %s, must be octal, such as 0644".formatted(Quoted.of(mode), Quoted.of(path)));
        }
        InvalidSpecException.throwIfAny(problems);
    }

    /** Without the content, which may be long, or a secret. */
    @Override
    public String toString() {
        return "GuestFileSpec[path=%s, content=(%d characters), mode=%s]".formatted(path, content.length(), mode);
    }
}
