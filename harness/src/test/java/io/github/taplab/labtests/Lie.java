package io.github.taplab.labtests;

/** What is said on a port of a guest instead of answers, as a script whose streams lead to whoever asks. */
enum Lie {
    /** Orders to a terminal, and markup. */
    ORDERS(Port.COMMANDS, "read -r request; printf '\\033]0;title\\007<script>alert(1)</script>\\n'; sleep 1000"),
    LONG_PIECE(Port.COMMANDS, "read -r id rest; echo \"$id out 999999999\"; yes"),
    LINE_WITHOUT_END(Port.COMMANDS, "read -r request; yes xxxxxxxxxxxxxxxx | tr -d '\\n'"),
    /** That of the very command that is asked for, so it is waited for. */
    OUTPUT_WITHOUT_END(
            Port.COMMANDS,
            "read -r id rest; text=$(head -c 9999 /dev/zero | tr '\\0' x); yes \"$id out 10000\n$text\""),
    STARTS_WITHOUT_END(Port.COMMANDS, "read -r request; yes 'taplab: ready'"),
    /** JSON, and to no question. */
    WRONG_ANSWERS(Port.AGENT, "while :; do until read -r request; do sleep 0.1; done; echo '{\"return\": 1}'; done"),
    // Until somebody is connected there is nothing to read.
    BRACES_WITHOUT_END(Port.AGENT, "until read -r request; do sleep 0.1; done; yes '{{{{{{{{{{{{{{{{' | tr -d '\\n'");

    /** A virtio port, and what should have it. */
    enum Port {
        COMMANDS("io.github.taplab.commands", "commands", "HOME=/root exec commands $port"),
        AGENT("org.qemu.guest_agent.0", "qemu-ga", "exec qemu-ga -p $port -t /run -l /var/log/qemu-ga.log");

        private final String port;
        private final String owner;
        private final String start;

        Port(String port, String owner, String start) {
            this.port = port;
            this.owner = owner;
            this.start = start;
        }

        /** As the guest finds it, under {@code /dev/virtio-ports}. */
        String port() {
            return port;
        }

        /** The program's name. */
        String owner() {
            return owner;
        }

        /** Has the program serve {@code $port}, instead of the shell that says so. */
        String start() {
            return start;
        }
    }

    private final Port port;
    private final String script;

    Lie(Port port, String script) {
        this.port = port;
        this.script = script;
    }

    Port port() {
        return port;
    }

    String script() {
        return script;
    }
}
