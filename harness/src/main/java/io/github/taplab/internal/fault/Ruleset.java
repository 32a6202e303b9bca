package io.github.taplab.internal.fault;

import io.github.taplab.node.Undo;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The chains of one fault, in tables that no other fault has.
 *
 * @param mark tells the frames of this fault, and is in the tables' name
 */
record Ruleset(int mark, List<Chain> chains) {

    Ruleset {
        chains = List.copyOf(chains);
    }

    /** Rules with a mark that is free, as far as chance can tell. */
    static Ruleset of(Function<Integer, List<Chain>> chains) {
        int mark = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        return new Ruleset(mark, chains.apply(mark));
    }

    /** Has the kernel of a port's node apply the rules. */
    Undo putOn(Port port) {
        return UndoStack.commanding(
                () -> port.shell().run("nft", text()), () -> port.shell().run("nft", deletion()));
    }

    /** What nft takes as its only argument, to be there. */
    String text() {
        return families().stream()
                .map(family -> "table %s %s {\n%s}\n".formatted(family, name(), chainsOf(family)))
                .collect(Collectors.joining());
    }

    /** What nft takes as its only argument, to be gone. */
    String deletion() {
        return families().stream()
                .map(family -> "delete table %s %s\n".formatted(family, name()))
                .collect(Collectors.joining());
    }

    private String name() {
        return "taplab_%08x".formatted(mark);
    }

    private List<String> families() {
        return chains.stream().map(Chain::family).distinct().toList();
    }

    private String chainsOf(String family) {
        return chains.stream()
                .filter(chain -> chain.family().equals(family))
                .map(Chain::text)
                .collect(Collectors.joining());
    }
}
