package io.github.taplab.internal.session;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run could not remove, to be told at its end: while it ran that was no test's fault. */
final class Leaks {

    private static final Logger LOG = LoggerFactory.getLogger(Leaks.class);

    private final List<String> sentences = new ArrayList<>();

    /** Closes a part of the run, whatever becomes of it. */
    void closed(String what, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            add(what, e);
        }
    }

    /** Keeps what was not removed, and why. */
    synchronized void add(String what, Throwable why) {
        LOG.warn("{} was not removed: {}", what, why.getMessage(), why);
        String sentence = "%s: %s".formatted(what, reason(why));
        if (!sentences.contains(sentence)) {
            sentences.add(sentence);
        }
    }

    /**
     * What people are told, a line each; nothing if all is gone.
     *
     * @param label that the run's resources carry, {@code key=value}
     * @param stillThere the run's resources that the engine has at the end, in words
     */
    synchronized List<String> lines(String label, List<String> stillThere) {
        List<String> lines = new ArrayList<>();
        sentences.forEach(sentence -> lines.add("not removed at once: " + sentence));
        if (!stillThere.isEmpty()) {
            lines.add("this run leaves behind: " + String.join(", ", stillThere));
            lines.add(
                    "to remove it: docker ps -aq --filter label=%1$s | xargs -r docker rm -f; docker network ls -q --filter label=%1$s | xargs -r docker network rm"
                            .formatted(label));
        } else if (!lines.isEmpty()) {
            lines.add("by now the Docker host has nothing of this run any more");
        }
        return lines;
    }

    private static String reason(Throwable why) {
        String message = why.getMessage();
        return message == null || message.isBlank()
                ? why.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElseThrow();
    }
}
