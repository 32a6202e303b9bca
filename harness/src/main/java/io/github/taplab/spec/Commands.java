package io.github.taplab.spec;

import java.util.List;

/** What a command line of a user may be. */
final class Commands {

    private Commands() {}

    /** A NUL character ends the line for whoever it is handed to; nothing at all is a slip of the keyboard. */
    static void check(List<String> commands, List<String> problems) {
        for (String command : commands) {
            if (command.isBlank() || command.indexOf(0) >= 0) {
                problems.add("commands has %s, must be a shell's line without NUL characters each"
                        .formatted(Quoted.of(command)));
            }
        }
    }
}
