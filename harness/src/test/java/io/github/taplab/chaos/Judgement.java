package io.github.taplab.chaos;

import java.util.List;

/**
 * What is wrong with a round, if anything. One round may be wrong in several ways.
 *
 * @param wrongVerdict why the verdict or its message is wrong, or nothing
 * @param hang what took too long, or nothing
 * @param leak what is left, or nothing
 */
record Judgement(List<String> wrongVerdict, List<String> hang, List<String> leak) {

    Judgement {
        wrongVerdict = List.copyOf(wrongVerdict);
        hang = List.copyOf(hang);
        leak = List.copyOf(leak);
    }

    boolean isGood() {
        return wrongVerdict.isEmpty() && hang.isEmpty() && leak.isEmpty();
    }

    /** {@code ok}, or all that is wrong. */
    String words() {
        if (isGood()) {
            return "ok";
        }
        StringBuilder words = new StringBuilder();
        wrongVerdict.forEach(why -> words.append("WRONG VERDICT: ").append(why).append("; "));
        hang.forEach(why -> words.append("HANG: ").append(why).append("; "));
        leak.forEach(why -> words.append("LEAK: ").append(why).append("; "));
        words.setLength(words.length() - 2);
        return words.toString();
    }
}
