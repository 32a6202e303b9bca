package io.github.taplab.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a host of the internet may be called (RFC 1123, 2.1). */
final class HostNames {

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    // The last label has a letter first: an IP address is no name.
    private static final Pattern HOST_NAME = Pattern.compile("(%s\\.)+(?=[a-z])%s".formatted(LABEL, LABEL));
    private static final int LONGEST = 253;

    private HostNames() {}

    static void check(String attribute, List<String> names, List<String> problems) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            // The length first: on a long name of many labels the pattern runs out of stack.
            if (name.length() > LONGEST || !HOST_NAME.matcher(name).matches()) {
                problems.add("%s = %s, must be a host name in lower case with a dot, such as www.example.com"
                        .formatted(attribute, Quoted.of(name)));
            } else if (!seen.add(name)) {
                problems.add("%s = \"%s\" is there twice".formatted(attribute, name));
            }
        }
    }
}
