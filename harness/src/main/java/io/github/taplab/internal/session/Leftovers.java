package io.github.taplab.internal.session;

import java.util.List;

/**
 * What a run has left on an engine.
 *
 * @param where the engine is, see {@link SessionEngine#where}
 * @param things that are there at the end, in words
 */
record Leftovers(String where, List<String> things) {

    Leftovers {
        things = List.copyOf(things);
    }
}
