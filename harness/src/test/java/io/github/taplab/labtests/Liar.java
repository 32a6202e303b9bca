package io.github.taplab.labtests;

import io.github.taplab.node.Guest;

/**
 * Something in a guest that takes a port from the program that should have it, and tells a {@link Lie} there. It is
 * started and ended over the console, as the port of the guest's commands may not serve any more.
 */
final class Liar {

    // A port has one owner; and what a session is asked for can be read there. The lie may be more than one process.
    private static final String SCRIPT = """
            port=/dev/virtio-ports/%1$s
            kill -KILL $(pidof %2$s)
            until (: <>$port) 2>/dev/null; do sleep 0.1; done
            exec 3<>$port
            setsid sh /tmp/lie <&3 >&3 &
            echo $! >/tmp/liar.pid
            exec 3>&-
            echo 'liar: %4$s begins'
            wait
            echo 'liar: %4$s has ended'
            until (: <>$port) 2>/dev/null; do sleep 0.1; done
            %3$s
            """;

    private Liar() {}

    /** Has one in a guest whose commands can still be run. */
    static void isIn(Guest guest) {
        isIn(guest, Lie.ORDERS);
    }

    /** The same with a lie that it has not told there since the guest booted. */
    static void isIn(Guest guest, Lie lie) {
        Lie.Port port = lie.port();
        guest.run(
                "sh",
                "-c",
                "printf %s \"$1\" >/tmp/liar; printf %s \"$2\" >/tmp/lie",
                "sh",
                SCRIPT.formatted(port.port(), port.owner(), port.start(), lie),
                lie.script());
        guest.console().type("\nsh /tmp/liar </dev/null &\n");
        guest.console().awaitLine("liar: %s begins$".formatted(lie));
    }

    /** Ends the one that tells this lie; the program that should have the port serves it again. */
    static void isGone(Guest guest, Lie lie) {
        guest.console().type("\nkill -KILL -$(cat /tmp/liar.pid)\n");
        guest.console().awaitLine("liar: %s has ended$".formatted(lie));
    }
}
