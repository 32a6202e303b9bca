package io.github.taplab.samples.guests;

import io.github.taplab.node.Client;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Echo requests that a client sends twenty times a second while something else is done, for two minutes at most. */
final class PingSeries {

    private static final Pattern ANSWER = Pattern.compile("^\\[(\\d+\\.\\d+)\\] .* icmp_seq=\\d+ .*");
    private static final String BEGIN = "ping -D -i 0.05 -w 120 \"$1\" >/tmp/series 2>&1 & echo $!";
    private static final String END = "kill -INT \"$1\"; tail --pid=\"$1\" -s 0.1 -f /dev/null; cat /tmp/series";

    /**
     * What became of a series.
     *
     * @param longestGapMillis between two answers that followed one another
     * @param answersBeforeAndAfterTheGap whether there were any on both sides
     * @param duplicates answers that came a second time
     */
    record Outcome(long longestGapMillis, boolean answersBeforeAndAfterTheGap, long duplicates) {

        static Outcome of(String printed) {
            List<Double> answers = printed.lines()
                    .map(ANSWER::matcher)
                    .filter(Matcher::matches)
                    .map(answer -> Double.parseDouble(answer.group(1)))
                    .toList();
            double longest = 0;
            for (int i = 1; i < answers.size(); i++) {
                longest = Math.max(longest, answers.get(i) - answers.get(i - 1));
            }
            long duplicates =
                    printed.lines().filter(line -> line.contains("(DUP!)")).count();
            return new Outcome(Math.round(longest * 1000), answers.size() > 1, duplicates);
        }
    }

    private final Client client;
    private final String process;

    private PingSeries(Client client, String process) {
        this.client = client;
        this.process = process;
    }

    static PingSeries start(Client client, InetAddress ip) {
        String process =
                client.run("sh", "-c", BEGIN, "sh", ip.getHostAddress()).text();
        return new PingSeries(client, process);
    }

    Outcome end() {
        return Outcome.of(client.run("sh", "-c", END, "sh", process).stdout());
    }
}
