package io.github.taplab.internal.green;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What ip, bridge and nft print of a node, as lines that are the same in each lab of a kind where nothing is different:
 * without the numbers of networks and interfaces, without times, and without what comes and goes by itself.
 */
final class TableText {

    /** One command for all, since a command costs more than what is in it: by the thousands of a second. */
    static final String LOOK = "ip -o -d link; echo ==; ip -o address; echo =="
            + "; ip -o -4 route show table all; ip -o -6 route show table all; echo =="
            + "; ip -o neighbour; echo ==; bridge fdb 2>/dev/null; echo ==; nft -s list ruleset 2>/dev/null; true";

    private static final List<String> PARTS = List.of("link", "address", "route", "neighbour", "forwarding");
    private static final String PART = "(?m)^==\\R";

    // "25156: eth0@if25157:": numbers of the Docker host.
    private static final Pattern NUMBER = Pattern.compile("^\\d+: |(?<=@if)\\d+| link-netnsid \\d+");
    // What a kernel and its drivers can do.
    private static final Pattern ABILITY = Pattern.compile(
            " (minmtu|maxmtu|numtxqueues|numrxqueues|(g[sr]o|tso)_\\w+|(used)?bcqueuelen|addrgenmode|parentbus|parentdev) \\S+");
    // Both work (RFC 2863), and a new interface is UNKNOWN for up to a second.
    private static final Pattern STATE = Pattern.compile(" state UNKNOWN\\b");
    // For as long as a new IPv6 address is asked for, which is a second or two.
    private static final Pattern TENTATIVE = Pattern.compile(" (tentative|optimistic)\\b");
    // A neighbour that has been learnt ages by itself, and so does the failure to learn it.
    private static final Pattern LEARNT = Pattern.compile(" (REACHABLE|STALE|DELAY|PROBE)\\b");
    private static final Pattern NOT_LEARNT = Pattern.compile(" (INCOMPLETE|FAILED)\\b");
    private static final Pattern FOLLOWS_FROM_ADDRESSES = Pattern.compile("\\btable local\\b");
    // A fault's tables and frames have a number that nobody else has.
    private static final Pattern MARK = Pattern.compile("\\b(taplab_|0x)[0-9a-f]{8}\\b");
    // Docker's own rules send its name server's packets to ports of their own in each container.
    private static final String DOCKERS = "127.0.0.11";

    private TableText() {}

    /** Reads what {@link #LOOK} printed: lines that begin with the table's name, ordered, each once. */
    static List<String> lines(String printed) {
        String[] parts = printed.split(PART, -1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(parts.length, PARTS.size()); i++) {
            String table = PARTS.get(i);
            parts[i].lines()
                    .filter(line -> !FOLLOWS_FROM_ADDRESSES.matcher(line).find())
                    .map(line -> table + " " + plain(line))
                    .forEach(lines::add);
        }
        if (parts.length > PARTS.size()) {
            rules(parts[PARTS.size()]).stream().map(TableText::plain).forEach(lines::add);
        }
        return List.copyOf(new TreeSet<>(lines));
    }

    private static String plain(String line) {
        String plain = NUMBER.matcher(line).replaceAll("").replace('\\', ' ');
        plain = ABILITY.matcher(plain).replaceAll("");
        plain = STATE.matcher(plain).replaceAll(" state UP");
        plain = TENTATIVE.matcher(plain).replaceAll("");
        plain = LEARNT.matcher(plain).replaceAll("");
        plain = NOT_LEARNT.matcher(plain).replaceAll(" did not answer");
        plain = MARK.matcher(plain).replaceAll("$1…");
        return AnyLab.text(plain).replaceAll("\\s+", " ").strip();
    }

    /** Each rule on a line of its own, behind the names of its table and chain, which may have none. */
    private static List<String> rules(String ruleset) {
        List<String> lines = new ArrayList<>();
        Deque<String> around = new ArrayDeque<>();
        for (String line : ruleset.lines().map(String::strip).toList()) {
            if (line.endsWith("{")) {
                around.addLast(line.substring(0, line.length() - 1).strip());
                lines.add(String.join(", ", around));
            } else if (line.equals("}")) {
                around.pollLast();
            } else if (!line.isEmpty() && !line.contains(DOCKERS)) {
                lines.add(around.stream().collect(Collectors.joining(", ", "", ": ")) + line);
            }
        }
        return lines;
    }
}
