package io.github.taplab.labtests;

import io.github.taplab.node.Guest;

/** What a guest's agent starts to restart it. */
final class Shutdown {

    private static final String SCRIPT = """
            set -e
            rm -f /sbin/shutdown
            printf '#!/bin/sh\\n%s\\nkill -KILL $$\\n' "$1" >/sbin/shutdown
            chmod 755 /sbin/shutdown
            sync""";

    private Shutdown() {}

    /**
     * Has it be killed each time. systemd ends what the agent has started, with the agent, at times before that has its
     * answer.
     *
     * @param before a line of shell that it runs first; may be empty
     */
    static void isKilled(Guest guest, String before) {
        guest.run("sh", "-c", SCRIPT, "sh", before);
    }
}
