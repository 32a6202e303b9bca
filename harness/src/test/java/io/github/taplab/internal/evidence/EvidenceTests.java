package io.github.taplab.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Node;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EvidenceTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(5);

    private static String text(List<NodeEvidence> nodes) {
        return new Evidence(List.of(), nodes, Packets.NONE).text();
    }

    @Test
    void aNodeThatHangsTakesNothingFromTheOthers() {
        Node hanging = node("hanging", what -> {
            if (what.equals("addresses")) {
                Waiting.joined("an answer", LONG, new CompletableFuture<>());
            }
            return List.of(what + " of hanging");
        });
        Node silent = node("silent", EvidenceTests::deaf);
        Node well = node("well", what -> List.of(what + " of well"));

        String text = Waiting.call(
                "the evidence is there", LONG, () -> text(Evidence.look(List.of(hanging, silent, well), SHORT)));

        assertThat(text.lines())
                .containsExactly(
                        "== hanging: links",
                        "links of hanging",
                        "",
                        "== hanging: addresses",
                        "can't be looked at: hanging did not answer in time",
                        "",
                        "== silent: links",
                        "can't be looked at: silent did not answer in time",
                        "",
                        "== well: links",
                        "links of well",
                        "",
                        "== well: addresses",
                        "addresses of well",
                        "",
                        "== well: routes",
                        "routes of well",
                        "",
                        "== well: neighbours",
                        "neighbours of well",
                        "",
                        "== well: links in detail",
                        "ip -d link on well",
                        "",
                        "== well: forwarding table",
                        "bridge fdb on well",
                        "",
                        "== well: sockets",
                        "sh -c ss -tuanp 2>/dev/null || netstat -tuan on well");
    }

    @Test
    void whatBreaksIsSaid() {
        Node broken = node("broken", what -> {
            if (what.equals("routes")) {
                throw new IllegalStateException("no route table");
            }
            return List.of();
        });

        assertThat(text(Evidence.look(List.of(broken), LONG)))
                .contains("== broken: routes", "can't be looked at: no route table", "== broken: neighbours");
    }

    @Test
    void ofALongTextTheEndIsKept() {
        Node flooded = node("flooded", what -> List.of("first\n" + "flood\n".repeat(50_000) + "last"));

        String text = text(Evidence.look(List.of(flooded), LONG));

        assertThat(text)
                .contains("== flooded: links\n… 234474 characters before left out\n")
                .contains("flood\nlast\n")
                .doesNotContain("first")
                .hasSizeLessThan(300_000);
    }

    /** As native code: an interrupt does not end it. */
    private static List<String> deaf(String what) {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < end) {
            try {
                boolean unused = never.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException goesOn) {
                // As if nothing had happened.
            }
        }
        return List.of(what);
    }

    private static CommandResult said(String name, List<String> argv) {
        return new CommandResult(name, argv, 0, "%s on %s".formatted(String.join(" ", argv), name), "", Duration.ZERO);
    }

    private static Node node(String name, Function<String, List<String>> sight) {
        return (Node) Proxy.newProxyInstance(
                EvidenceTests.class.getClassLoader(), new Class<?>[] {Client.class}, (node, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(node, method, arguments);
                    }
                    return switch (method.getName()) {
                        case "name" -> name;
                        case "tryRun" -> said(name, List.of((String[]) arguments[1]));
                        default -> sight.apply(method.getName());
                    };
                });
    }
}
