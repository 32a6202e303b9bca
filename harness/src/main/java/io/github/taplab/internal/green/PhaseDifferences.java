package io.github.taplab.internal.green;

import java.util.List;
import java.util.stream.Stream;

/** What differs between the starts of two labs: their parts, and not how long each took. */
final class PhaseDifferences {

    private PhaseDifferences() {}

    static List<String> between(List<String> green, List<String> now) {
        return Stream.concat(
                        now.stream()
                                .filter(phase -> !green.contains(phase))
                                .map("start: \"%s\" is a part of it now and was not then"::formatted),
                        green.stream()
                                .filter(phase -> !now.contains(phase))
                                .map("start: \"%s\" was a part of it then and is not now"::formatted))
                .toList();
    }
}
