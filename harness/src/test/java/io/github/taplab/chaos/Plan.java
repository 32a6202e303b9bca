package io.github.taplab.chaos;

import io.github.taplab.spec.Attachment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which rounds a run has: a pure function of its seed. Kinds are drawn from a shuffled deck, and for each kind its
 * moments and attachments, so that chance leaves none out for long.
 */
final class Plan {

    private final Random random;
    private final Deck<Kind> kinds;
    private final Map<Kind, Deck<Moment>> moments = new HashMap<>();
    private final Map<Kind, Deck<Attachment>> attachments = new HashMap<>();

    private Plan(long seed, List<Kind> kinds) {
        random = new Random(seed);
        this.kinds = new Deck<>(kinds);
    }

    /**
     * The rounds.
     *
     * @param kinds to choose from
     */
    static List<Round> of(int rounds, long seed, List<Kind> kinds) {
        Plan plan = new Plan(seed, kinds);
        List<Round> all = new ArrayList<>();
        for (int number = 1; number <= rounds; number++) {
            all.add(plan.round(number));
        }
        return all;
    }

    private Round round(int number) {
        Kind kind = kinds.draw(random);
        Moment moment = moments.computeIfAbsent(kind, each -> new Deck<>(each.moments()))
                .draw(random);
        return new Round(
                number,
                kind,
                attachments
                        .computeIfAbsent(kind, each -> new Deck<>(each.attachments()))
                        .draw(random),
                moment,
                Duration.ofMillis(random.nextInt(moment.longestPause() + 1)),
                kind.ways().get(random.nextInt(kind.ways().size())),
                random.nextBoolean(),
                kind.mayBeWarm() && random.nextBoolean());
    }

    /** Cards that are shuffled again when all have been drawn. */
    private static final class Deck<T> {

        private final List<T> all;
        private final List<T> left = new ArrayList<>();

        Deck(List<T> all) {
            this.all = all;
        }

        T draw(Random random) {
            if (left.isEmpty()) {
                left.addAll(all);
                Collections.shuffle(left, random);
            }
            return left.remove(left.size() - 1);
        }
    }
}
