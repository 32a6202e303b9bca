package io.github.taplab.internal.console;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a command left behind, put together from the frames that show it. */
final class ShellOutput {

    /**
     * How a command ended.
     *
     * @param exitCode as the shell says it
     * @param stdout decoded as UTF-8
     * @param stderr decoded as UTF-8
     */
    record Ended(int exitCode, String stdout, String stderr) {}

    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    void addOut(String base64) {
        out.append(base64);
    }

    void addErr(String base64) {
        err.append(base64);
    }

    /** How many characters have come. */
    int length() {
        return out.length() + err.length();
    }

    boolean isEmpty() {
        return out.isEmpty() && err.isEmpty();
    }

    /**
     * All of it.
     *
     * @param summary exit code, and how many bytes standard output and standard error have
     * @return empty if something is damaged or missing
     */
    Optional<Ended> whole(String summary) {
        try {
            String[] numbers = summary.strip().split("\\s+", -1);
            if (numbers.length != 3) {
                return Optional.empty();
            }
            return Optional.of(new Ended(
                    Integer.parseInt(numbers[0]),
                    decoded(out, Integer.parseInt(numbers[1])),
                    decoded(err, Integer.parseInt(numbers[2]))));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static String decoded(StringBuilder base64, int length) {
        byte[] bytes = Base64.getDecoder().decode(base64.toString());
        if (bytes.length != length) {
            throw new IllegalArgumentException("%d bytes came where %d were sent".formatted(bytes.length, length));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
