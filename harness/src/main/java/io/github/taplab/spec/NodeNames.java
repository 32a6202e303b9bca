package io.github.taplab.spec;

import java.util.List;
import java.util.regex.Pattern;

/** What a node may be called: the name goes into container names, host names and file names. */
final class NodeNames {

    private static final Pattern HOST_LABEL = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    private NodeNames() {}

    static void check(String attribute, String name, List<String> problems) {
        if (!HOST_LABEL.matcher(name).matches()) {
            problems.add(
                    "%s = %s, must start with a lower-case letter and have lower-case letters, digits and hyphens only, at most 31"
                            .formatted(attribute, Quoted.of(name)));
        }
    }
}
