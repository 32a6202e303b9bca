package io.github.taplab.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a part of a test run ended, as the JVM tells it in one line.
 *
 * @param type {@code test}, {@code class} or {@code engine}
 * @param status {@code SUCCESSFUL}, {@code FAILED}, {@code ABORTED} or {@code SKIPPED}
 * @param exception its class's name, or {@code -}
 * @param message of the exception, or the reason of a skip
 */
record Part(String type, String status, String exception, String message) {

    private static final Pattern LINE = Pattern.compile("chaos: part (\\w+) (\\w+) (\\S+) ([A-Za-z0-9+/=]*)");

    boolean passed() {
        return status.equals("SUCCESSFUL");
    }

    boolean isTest() {
        return type.equals("test");
    }

    boolean isClass() {
        return type.equals("class");
    }

    String line() {
        return "chaos: part %s %s %s %s"
                .formatted(
                        type,
                        status,
                        exception,
                        Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads what {@link #line} writes; others may have written on the same line before. */
    static Optional<Part> in(String line) {
        Matcher found = LINE.matcher(line);
        return found.find()
                ? Optional.of(new Part(
                        found.group(1),
                        found.group(2),
                        found.group(3),
                        new String(Base64.getDecoder().decode(found.group(4)), StandardCharsets.UTF_8)))
                : Optional.empty();
    }
}
