package io.github.taplab.internal.ring;

import io.github.taplab.spec.Quoted;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a recorder's answer.
 *
 * @param clock the Docker host's
 * @param next number of the frame that comes next
 * @param overwritten how many frames it has no more
 * @param lost how many it never had
 * @param lostUntil when it noticed the last loss, by the same clock: all of them had been lost by then; the epoch if
 *     none was
 * @param length of what follows, in bytes
 */
record AnswerLine(Instant clock, long next, long overwritten, long lost, Instant lostUntil, int length) {

    private static final String NUMBER = " (\\d{1,18})";
    // It has 19 digits.
    private static final String TIME = " ([1-8]\\d{18}|\\d{1,18})";
    private static final Pattern LINE =
            Pattern.compile("frames" + TIME + NUMBER + NUMBER + NUMBER + TIME + " (\\d{1,9})");
    // A ring of frames without content has some ten thousand of them.
    private static final int LONGEST = 16 << 20;

    static AnswerLine parse(String line) throws MalformedRingException {
        Matcher found = LINE.matcher(line);
        if (!found.matches()) {
            throw new MalformedRingException("It is no answer: " + Quoted.of(line));
        }
        AnswerLine answer = new AnswerLine(
                time(found.group(1)),
                Long.parseLong(found.group(2)),
                Long.parseLong(found.group(3)),
                Long.parseLong(found.group(4)),
                time(found.group(5)),
                Integer.parseInt(found.group(6)));
        if (answer.length > LONGEST || answer.overwritten > answer.next) {
            throw new MalformedRingException("It can't be true: " + Quoted.of(line));
        }
        return answer;
    }

    private static Instant time(String nanos) {
        return Instant.ofEpochSecond(0, Long.parseLong(nanos));
    }

    /** How many frames follow, if they were asked for from this number on. */
    long frames(long from) {
        return Math.max(0, next - Math.max(from, overwritten));
    }
}
