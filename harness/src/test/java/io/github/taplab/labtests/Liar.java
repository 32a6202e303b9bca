package io.github.taplab.labtests;

import io.github.taplab.node.Guest;

/**
 * Something in a guest that has one of its virtio ports instead of the program that should have it, and says what it
 * likes. It is started and ended over the console, as the ports do not serve any more.
 */
final class Liar {

    // A port has one owner; and what a session is asked for can be read there.
    private static final String SCRIPT = """
            kill -KILL $(cat /tmp/liar.pid) $(pidof "$1") 2>/dev/null
            echo $$ >/tmp/liar.pid
            port=/dev/virtio-ports/$2
            until (: <>$port) 2>/dev/null; do sleep 0.1; done
            exec 3<>$port
            echo "liar: $3 $4"
            asked() { read -r request <&3; }
            case $3 in
            long-piece) asked; printf '1 out 999999999\\n' >&3 ;;
            long-line) asked; exec tr '\\0' x </dev/zero >&3 ;;
            no-number) asked; printf '99999999999999999999 exit 0\\n' >&3 ;;
            other-commands) exec yes '77 exit 0
            78 out 3
            abc' >&3 ;;
            signs-of-life) exec yes '0 there 0' >&3 ;;
            orders) asked; printf '\\033]0;title\\007<script>alert(1)</script>\\n' >&3 ;;
            starts-anew) exec yes 'taplab: ready' >&3 ;;
            other-session) exec yes '5 session 0' >&3 ;;
            answers) exec yes '{"return": 1}' >&3 ;;
            braces) exec tr '\\0' '{' </dev/zero >&3 ;;
            esac
            exec sleep 1000
            """;

    private final Guest guest;

    /** Brings it to a guest whose ports serve. */
    Liar(Guest guest) {
        this.guest = guest;
        guest.run("sh", "-c", "printf %s \"$1\" >/tmp/liar", "sh", SCRIPT);
    }

    /** Takes the port of the commands. */
    void hasCommands(String lie) {
        start("commands", "io.github.taplab.commands", lie);
    }

    /** Takes the agent's. */
    void hasAgent(String lie) {
        start("qemu-ga", "org.qemu.guest_agent.0", lie);
    }

    private void start(String instead, String port, String lie) {
        // Its line on the console is its own.
        String number = "%d".formatted(System.nanoTime());
        guest.console().type("\nsh /tmp/liar %s %s %s %s </dev/null &\n".formatted(instead, port, lie, number));
        guest.console().awaitLine("^liar: %s %s".formatted(lie, number));
    }

    /** Gives the port of the commands back. */
    void isGone() {
        guest.console()
                .type("\nkill -KILL $(cat /tmp/liar.pid); commands /dev/virtio-ports/io.github.taplab.commands &\n");
    }
}
