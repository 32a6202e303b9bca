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
     * @param engines what each has at the end
     */
    synchronized List<String> lines(String label, List<Leftovers> engines) {
        List<String> lines = new ArrayList<>();
        sentences.forEach(sentence -> lines.add("not removed at once: " + sentence));
        boolean several = engines.size() > 1;
        List<Leftovers> left =
                engines.stream().filter(engine -> !engine.things().isEmpty()).toList();
        for (Leftovers engine : left) {
            lines.add("this run leaves behind%s: %s".formatted(engine.where(), String.join(", ", engine.things())));
        }
        if (!left.isEmpty()) {
            lines.add(
                    "to remove it%2$s: docker ps -aq --filter label=%1$s | xargs -r docker rm -f; docker network ls -q --filter label=%1$s | xargs -r docker network rm"
                            .formatted(label, several ? " there" : ""));
        } else if (!lines.isEmpty()) {
            lines.add(
                    several
                            ? "by now no Docker host has anything of this run any more"
                            : "by now the Docker host has nothing of this run any more");
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
