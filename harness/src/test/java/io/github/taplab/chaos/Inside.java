package io.github.taplab.chaos;

import java.util.Locale;

/** What is done in the guest, by a process of its own there: whoever asked for it is not told. */
enum Inside {
    AGENT_KILLED("kill -KILL $(pidof qemu-ga)"),
    AGENT_STOPPED("kill -STOP $(pidof qemu-ga)"),
    COMMANDS_KILLED("kill -KILL $(pidof commands)"),
    COMMANDS_STOPPED("kill -STOP $(pidof commands)"),
    PANICS("echo c >/proc/sysrq-trigger"),
    HANGS("kill -STOP -1"),
    /** Colours, a title, a cleared screen, a question to the terminal, and an escape that does not end; for a while. */
    FLOODS_CONSOLE("i=0; while [ $i -lt 1500 ]; do i=$((i + 1));"
            + " printf '\\033[31m\\033]0;taplab\\007\\033[2J\\033[6nflood %d \\033[' $i; done >/dev/ttyS0");

    private final String command;

    Inside(String command) {
        this.command = command;
    }

    /** A line of the guest's shell that comes back at once; what it starts acts a second later. */
    String line() {
        return "(sleep 1; %s) </dev/null >/dev/null 2>&1 &".formatted(command);
    }

    /** What is written on the JVM's standard input to have it done. */
    String order() {
        return name().toLowerCase(Locale.ROOT);
    }
}
