package io.github.taplab.chaos;

import io.github.taplab.chaos.Expected.Colour;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Compares what came of a round with what may: a pure function. */
final class Judge {

    /** What no message says that wants to explain a fault. */
    private static final List<String> NO_EXPLANATIONS =
            List.of("NullPointerException", "Domain not found", "ClassCastException", "(?<!/dev/)\\bnull\\b");

    private static final int SHOWN = 160;

    private Judge() {}

    static Judgement of(Expected ifHit, Outcome outcome) {
        // What was not hit is a lab like any other.
        Expected expected = outcome.hit() ? ifHit : ifHit.instead(Colour.GREEN);
        List<String> verdict = new ArrayList<>();
        List<String> hang = new ArrayList<>();
        if (outcome.verdict().isEmpty()) {
            hang.add("no verdict within %d s".formatted(expected.verdict().toSeconds()));
        } else if (outcome.verdict().get().compareTo(expected.verdict()) > 0) {
            hang.add("the verdict took %d s, more than %d s"
                    .formatted(
                            outcome.verdict().get().toSeconds(),
                            expected.verdict().toSeconds()));
        }
        if (outcome.verdict().isPresent() && outcome.end().isEmpty()) {
            hang.add("the JVM still ran %d s after the verdict"
                    .formatted(expected.end().toSeconds()));
        }
        if (outcome.verdict().isPresent() && expected.colour() != Colour.UNTOLD) {
            judgeParts(expected, outcome, verdict);
        }
        return new Judgement(verdict, hang, outcome.leaks());
    }

    private static void judgeParts(Expected expected, Outcome outcome, List<String> wrong) {
        if (outcome.trouble().isEmpty()) {
            if (expected.colour() == Colour.RED) {
                wrong.add(
                        outcome.isGreen()
                                ? "green, but no test could pass"
                                : "nothing was told to have failed, but no test could pass");
            } else if (!outcome.isGreen() && outcome.end().isPresent()) {
                wrong.add("the JVM ended without a verdict");
            }
            return;
        }
        Part part = outcome.trouble().get();
        String told =
                "%s %s, %s: %s".formatted(part.type(), part.status(), part.exception(), shortened(part.message()));
        if (expected.colour() == Colour.GREEN) {
            wrong.add("it should have passed, but " + told);
            return;
        }
        if (!part.status().equals("FAILED")) {
            wrong.add("neither passed nor failed: " + told);
            return;
        }
        for (String word : expected.words()) {
            if (!Pattern.compile(word).matcher(part.message()).find()) {
                wrong.add("the message does not say \"%s\": %s".formatted(word, told));
                return;
            }
        }
        for (String word : NO_EXPLANATIONS) {
            if (Pattern.compile(word).matcher(part.message()).find()) {
                wrong.add("\"%s\" explains nothing: %s".formatted(word, told));
                return;
            }
        }
        if (part.exception().endsWith("AssertionError") || part.exception().endsWith("AssertionFailedError")) {
            wrong.add("a fault of the lab is told as one of the network: " + told);
        }
    }

    static String shortened(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
