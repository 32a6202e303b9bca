package io.github.taplab;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What may come from outside instead of what was expected. */
public final class Garbage {

    private Garbage() {}

    /** Texts of all kinds of characters, some long, some with what parsers look for. */
    public static Arbitrary<String> text() {
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(200);
        Arbitrary<String> controls = Arbitraries.strings()
                .withChars("\0\r\n\t\u001b\u0007 -=,:;/\\\"'<>&{}[]@#%$`~.0aé\u0085\u2028\u202e\ud83d\ude00")
                .ofMaxLength(80);
        return Arbitraries.oneOf(any, controls);
    }

    /** A text that some characters were taken out of, put into, or repeated in. */
    public static Arbitrary<String> mutated(String... originals) {
        Arbitrary<String> original = Arbitraries.of(originals);
        return Combinators.combine(original, Arbitraries.randomValue(Random::nextLong), text())
                .as(Garbage::mutate);
    }

    private static String mutate(String original, long seed, String other) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(original);
        for (int change = random.nextInt(4); change >= 0 && text.length() > 0; change--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, other);
                case 2 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(5)));
                default -> text.replace(at, end, other);
            }
        }
        return text.toString();
    }

    /** JSON of some depth whose fields have the names that a parser looks for, and values of all types. */
    public static Arbitrary<String> json(String... fields) {
        Arbitrary<String> leaf = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "{}", "[]", "-1", "0", "99999999999999999999", "1.5e300"),
                Arbitraries.integers().map(String::valueOf),
                Arbitraries.of("\"\"", "\"x\"", "\"-a\"", "\"02:9e:12:09:00:01\"", "\"198.18.9.2\"", "\"\\u0000\""));
        return json(leaf, 3, fields);
    }

    private static Arbitrary<String> json(Arbitrary<String> leaf, int depth, String... fields) {
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = json(leaf, depth - 1, fields);
        Arbitrary<String> array = inner.list().ofMaxSize(3).map(each -> "[" + String.join(",", each) + "]");
        Arbitrary<String> object = Combinators.combine(Arbitraries.of(fields), inner)
                .as((field, value) -> "\"%s\":%s".formatted(field, value))
                .list()
                .ofMaxSize(fields.length)
                .map((List<String> each) -> "{" + String.join(",", each) + "}");
        return Arbitraries.oneOf(leaf, array, object);
    }
}
