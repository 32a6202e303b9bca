package io.github.taplab.internal.node;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Echo requests of a node. Not with {@code -q}: iputils would keep to itself who sent an error, and that the kernel did
 * not take a request.
 */
final class Ping {

    private static final String REDIRECTED_REQUESTS = "10";
    // A kernel gives ARP and neighbour discovery up after 3 s. That it did is an error that ping waits for.
    private static final String PING_SECONDS = "4";

    private final Shell node;

    Ping(Shell node) {
        this.node = node;
    }

    /** Asks until there is one reply or error. */
    PingResult once(InetAddress ip) {
        // With -w, iputils asks until one reply or error has come, so one that comes ends it at once; busybox asks
        // once.
        CommandResult once = tryPing(ip, "-c", "1", "-w", PING_SECONDS, "-W", PING_SECONDS, "-i", "0.2");
        // A redirect is no answer and no refusal: whoever sends it has passed the request on. Two seconds of requests
        // that it does not end tell whether one is answered.
        return ToolOutput.ping(
                ip,
                ToolOutput.wasEndedByRedirect(once)
                        ? tryPing(ip, "-c", REDIRECTED_REQUESTS, "-W", PING_SECONDS, "-i", "0.2")
                        : once);
    }

    /** Sends so many requests. */
    PingResult several(InetAddress ip, int requests) {
        return ToolOutput.ping(ip, tryPing(ip, "-c", Integer.toString(requests), "-W", PING_SECONDS, "-i", "0.02"));
    }

    private CommandResult tryPing(InetAddress ip, String... options) {
        List<String> argv = new ArrayList<>(List.of("ping", "-n"));
        argv.addAll(List.of(options));
        argv.add(InterfaceIp.text(ip));
        return node.tryRun(argv.toArray(String[]::new));
    }
}
