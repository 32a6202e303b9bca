package io.github.taplab.internal.green;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What differs between the tables of two runs of one test, node by node. */
final class TableDifferences {

    private TableDifferences() {}

    /** What is in only one of them; of a node that was looked at in only one run, that. */
    static List<String> between(Map<String, List<String>> green, Map<String, List<String>> now) {
        List<String> lines = new ArrayList<>();
        TreeSet<String> nodes = new TreeSet<>(green.keySet());
        nodes.addAll(now.keySet());
        for (String node : nodes) {
            List<String> then = green.get(node);
            List<String> here = now.get(node);
            if (then == null) {
                lines.add("%s: its tables were not seen then".formatted(node));
            } else if (here == null) {
                lines.add("%s: its tables can't be seen now".formatted(node));
            } else {
                only(here, then).forEach(line -> lines.add("%s: there now and not then: %s".formatted(node, line)));
                only(then, here).forEach(line -> lines.add("%s: there then and not now: %s".formatted(node, line)));
            }
        }
        return lines;
    }

    private static List<String> only(List<String> these, List<String> those) {
        return these.stream().filter(line -> !those.contains(line)).toList();
    }
}
