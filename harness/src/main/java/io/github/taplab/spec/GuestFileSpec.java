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
    private static final Pattern PATH = Pattern.compile("(/[^/\\s:]+)+");

    /**
     * Checks the file.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public GuestFileSpec {
        List<String> problems = new ArrayList<>();
        if (!PATH.matcher(path).matches()) {
            problems.add("path = \"%s\" of a file, must be absolute, without spaces and colons".formatted(path));
        }
        if (!MODE.matcher(mode).matches()) {
            problems.add("mode = \"%s\" of %s, must be octal, such as 0644".formatted(mode, path));
        }
        InvalidSpecException.throwIfAny(problems);
    }
}
