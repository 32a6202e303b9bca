package io.github.taplab.labtests;

import io.github.taplab.node.Guest;

/**
 * Something in a guest that takes the port of its commands from the program that should have it, and answers the next
 * request with orders to a terminal. It is started over the console, as the port does not serve any more.
 */
final class Liar {

    // A port has one owner; and what a session is asked for can be read there.
    private static final String SCRIPT = """
            kill -KILL $(pidof commands)
            port=/dev/virtio-ports/io.github.taplab.commands
            until (: <>$port) 2>/dev/null; do sleep 0.1; done
            exec 3<>$port
            echo 'liar: listens'
            read -r request <&3
            printf '\\033]0;title\\007<script>alert(1)</script>\\n' >&3
            exec sleep 1000
            """;

    private Liar() {}

    /** Has one in a guest whose commands can still be run. */
    static void isIn(Guest guest) {
        guest.run("sh", "-c", "printf %s \"$1\" >/tmp/liar", "sh", SCRIPT);
        guest.console().type("\nsh /tmp/liar </dev/null &\n");
        guest.console().awaitLine("liar: listens$");
    }
}
