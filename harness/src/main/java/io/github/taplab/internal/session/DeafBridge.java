package io.github.taplab.internal.session;

import io.github.taplab.internal.docker.ByteStream;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.wait.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A bridge from which the kernel of its host takes nothing, and to which it gives nothing: frames go from port to port
 * only. The rules are in a table that belongs to the process which made it ({@code flags owner} in nft(8), Linux 5.12),
 * so the kernel drops it with that process, whoever ends it.
 */
final class DeafBridge implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(10);
    // Its answers and its errors in the order in which they come.
    private static final List<String> NFT = List.of("sh", "-c", "exec nft -i 2>&1");

    private final ByteStream nft;

    private DeafBridge(ByteStream nft) {
        this.nft = nft;
    }

    /**
     * Makes one.
     *
     * @param host a container in the host's network namespace, with {@code NET_ADMIN}
     * @throws IllegalStateException if the bridge is not in that namespace, or its kernel has no such rules
     */
    static DeafBridge make(LeasedContainer host, String bridge) {
        // A kernel may take rules for an interface that is only to come.
        if (!host.exec("Docker host", SOON, List.of("ip", "link", "show", "dev", bridge))
                .succeeded()) {
            throw new IllegalStateException("its containers' network namespace \"host\" has no interface " + bridge);
        }
        ByteStream nft = host.open(NFT);
        try {
            String answer = Waiting.call(
                    "%s has rules that keep it from its host".formatted(bridge),
                    SOON,
                    () -> answer(nft, bridge, "taplab_" + bridge.replaceAll("[^A-Za-z0-9]", "_")));
            if (!hasRules(answer)) {
                throw new IllegalStateException("nft says of %s: %s"
                        .formatted(bridge, answer.lines().findFirst().orElse("nothing")));
            }
            return new DeafBridge(nft);
        } catch (RuntimeException | Error e) {
            try (nft) {
                throw e;
            }
        }
    }

    /** Below an error nft repeats the command that was refused, so only what stands in the listed table counts. */
    static boolean hasRules(String answer) {
        return answer.lines()
                .dropWhile(line -> !line.startsWith("table netdev "))
                .takeWhile(line -> !line.equals("}"))
                .anyMatch(line -> line.contains("hook ingress"));
    }

    // What the host says there is only noise, so a kernel without the hook for that (before Linux 5.16) will do.
    private static String answer(ByteStream nft, String bridge, String table) {
        String list = "list table netdev " + table;
        String rules = """
                add table netdev %1$s { flags owner; }
                add chain netdev %1$s from_lab { type filter hook ingress device "%2$s" priority 0; policy drop; }
                add chain netdev %1$s to_lab { type filter hook egress device "%2$s" priority 0; policy drop; }
                """.formatted(table, bridge);
        try {
            OutputStream commands = nft.toProcess();
            commands.write((rules + list + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(nft.fromProcess(), StandardCharsets.UTF_8));
            StringBuilder text = new StringBuilder();
            // The end of the table; or the command itself, below the word that there is none.
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                text.append(line).append('\n');
                if (line.equals("}") || line.startsWith(list)) {
                    break;
                }
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nft.close();
    }
}
