package io.github.taplab.internal.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What is under way at present, and what is to be printed of it: it prints nothing itself and has no clock, so that its
 * words are a function of the time.
 */
final class UnderWay {

    private static final long SPEAKS = TimeUnit.SECONDS.toNanos(2);
    private static final List<Long> SECONDS = List.of(2L, 10L, 30L);
    private static final long THEN_EVERY = 30;
    // To the line's beginning, and erase it. A longer one would not be erased whole.
    private static final String ERASE = "\r\u001b[K";
    private static final int WIDEST = 78;

    private final boolean inPlace;
    private final List<Part> parts = new ArrayList<>();
    private String line = "";

    /** Something that has begun. */
    static final class Part {

        private final Supplier<String> what;
        private final long start;
        private int told;

        Part(Supplier<String> what, long start) {
            this.what = what;
            this.start = start;
        }

        private String at(long now) {
            return "%s (%d s)"
                    .formatted(what.get(), Duration.ofNanos(now - start).toSeconds());
        }

        private boolean isDue(long now) {
            long next = told < SECONDS.size()
                    ? SECONDS.get(told)
                    : SECONDS.get(SECONDS.size() - 1) + THEN_EVERY * (told - SECONDS.size() + 1);
            return now - start >= TimeUnit.SECONDS.toNanos(next);
        }
    }

    /**
     * Nothing.
     *
     * @param inPlace whether one line changes, as on a terminal
     */
    UnderWay(boolean inPlace) {
        this.inPlace = inPlace;
    }

    Part begin(Supplier<String> what, long now) {
        Part part = new Part(what, now);
        parts.add(part);
        return part;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** What is to be printed at a time. */
    String at(long now) {
        return inPlace ? changed(lineAt(now)) : dueAt(now);
    }

    /** The same when something ends: how long it took, where that was told as long as it went on. */
    String end(Part part, long now) {
        parts.remove(part);
        if (inPlace) {
            return changed(lineAt(now));
        }
        return part.told == 0 ? "" : "taplab: %s: done%n".formatted(part.at(now));
    }

    /** A line that stays, above the one that changes. */
    String above(String text) {
        return line.isEmpty() ? "%s%n".formatted(text) : "%s%s%n%s".formatted(ERASE, text, line);
    }

    private String changed(String now) {
        if (now.equals(line)) {
            return "";
        }
        line = now;
        return ERASE + now;
    }

    // What has gone on for longest is what the others wait for, as a rule.
    private String lineAt(long now) {
        List<Part> spoken =
                parts.stream().filter(part -> now - part.start >= SPEAKS).toList();
        if (spoken.isEmpty()) {
            return "";
        }
        String others = spoken.size() == 1 ? "" : ", and %d more".formatted(spoken.size() - 1);
        String text = "taplab: " + spoken.get(0).at(now) + others;
        return text.length() > WIDEST ? text.substring(0, WIDEST) + "…" : text;
    }

    private String dueAt(long now) {
        StringBuilder due = new StringBuilder();
        for (Part part : parts) {
            if (part.isDue(now)) {
                part.told++;
                due.append("taplab: %s%n".formatted(part.at(now)));
            }
        }
        return due.toString();
    }
}
