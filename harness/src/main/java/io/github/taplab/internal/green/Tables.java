package io.github.taplab.internal.green;

import io.github.taplab.internal.timeline.Event.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tables of a lab's nodes, as lines, when a test had done something.
 *
 * @param of what the lab was, and what the test had asked of it: who asks something else sees other tables
 * @param at the second of the look, since 1970
 * @param nodes the lines, by the node's name
 */
public record Tables(String of, long at, Map<String, List<String>> nodes) {

    /** Of a test that has not been looked at. */
    public static final Tables NONE = new Tables("", 0, Map.of());

    public Tables {
        nodes = nodes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, node -> List.copyOf(node.getValue()), (one, same) -> one, TreeMap::new));
    }

    /** Of what a test sees the tables now. */
    public static String of(Object lab, List<Step> steps) {
        // What is asked again and again until it is so is asked another number of times in each run.
        return Digests.of(
                lab + "\n" + steps.stream().map(Sight::call).distinct().sorted().collect(Collectors.joining("\n")));
    }
}
