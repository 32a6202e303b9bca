package io.github.taplab.internal.node;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Shell;
import java.util.HexFormat;
import java.util.List;

/** Puts frames on an interface with socat, past the kernel's own ARP, IP and VLANs ({@code packet(7)}). */
final class FrameSending {

    // socat sends what it reads at a time as one frame. On its way through a stream a frame could be cut in two;
    // as an argument it can't, and xxd writes it into the pipe in one piece. The pipe's exit code is socat's.
    private static final String SCRIPT = "printf %s \"$2\" | busybox xxd -r -p | socat -u - \"INTERFACE:$1\"";

    private FrameSending() {}

    /** Sends a frame; the kernel has taken it when this returns. */
    static void send(Shell shell, String link, EthernetFrame frame) {
        CommandResult sent = shell.tryRun(argv(link, frame).toArray(String[]::new));
        if (!sent.succeeded()) {
            // The frame in words, not in octets.
            throw new CommandFailedException(new CommandResult(
                    sent.node(),
                    List.of("send on", link, frame.toString()),
                    sent.exitCode(),
                    sent.stdout(),
                    sent.stderr(),
                    sent.took()));
        }
    }

    /** The values are arguments of the script, no part of it. */
    static List<String> argv(String link, EthernetFrame frame) {
        return List.of("sh", "-c", SCRIPT, "send", link, HexFormat.of().formatHex(frame.bytes()));
    }
}
