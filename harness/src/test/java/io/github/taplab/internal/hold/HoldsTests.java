package io.github.taplab.internal.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.node.Enterable;
import io.github.taplab.internal.node.Entrance;
import io.github.taplab.internal.wait.Beside;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.node.Client;
import io.github.taplab.node.Node;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HoldsTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern FILE = Pattern.compile("rm (\\S+)");

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private static Node node(String name, Supplier<List<Entrance>> entrances) {
        return (Node) Proxy.newProxyInstance(
                HoldsTests.class.getClassLoader(),
                new Class<?>[] {Client.class, Enterable.class},
                (node, method, arguments) -> method.getName().equals("name") ? name : entrances.get());
    }

    private Path file() {
        String text = Waiting.until("it is told", SOON, () -> String.join("\n", told), FILE.asPredicate());
        Matcher file = FILE.matcher(text);
        assertThat(file.find()).isTrue();
        return Path.of(file.group(1));
    }

    @Test
    void itLastsUntilItsFileIsRemoved() throws IOException {
        Holds holds = new Holds(told::add, Duration.ofMinutes(5));
        List<Node> nodes = List.of(
                node("client", () -> List.of(new Entrance("enter client", ""), new Entrance("look", "Ctrl-C ends it"))),
                node("far", () -> {
                    throw new IllegalStateException("it is gone");
                }));
        try (Beside<Boolean> held = Beside.begin("held", () -> {
            holds.hold("SpecTests", "all of it fails", nodes);
            return true;
        })) {
            Path file = file();
            assertThat(held.result()).isNotDone();
            assertThat(told)
                    .singleElement()
                    .asString()
                    .startsWith("""
                            all of it fails
                              client  enter client
                                      look  # Ctrl-C ends it
                              far       # can't be entered: it is gone
                              It is let go\
                            """)
                    .endsWith("rm %s%n  or after 5 min.".formatted(file));

            Files.delete(file);

            assertThat(Waiting.joined("it is let go", SOON, held.result())).isTrue();
            assertThat(told).last().isEqualTo("the lab of SpecTests is let go: %s was removed".formatted(file));
            assertThat(file.getParent()).doesNotExist();
        }
    }

    @Test
    void nobodyHoldsItLongerThanItsDeadline() {
        new Holds(told::add, Duration.ofSeconds(1)).hold("SpecTests", "it fails", List.of());

        assertThat(told).last().isEqualTo("the lab of SpecTests is let go: nobody has done so for 1 s");
    }

    @Test
    void anInterruptLetsItGo() {
        Thread.currentThread().interrupt();

        new Holds(told::add, Duration.ofMinutes(5)).hold("SpecTests", "it fails", List.of());

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whereTheRunEndsNothingIsHeld() {
        Holds holds = new Holds(told::add, Duration.ofMinutes(5));
        holds.close();

        holds.hold("SpecTests", "it fails", List.of());

        assertThat(told).isEmpty();
    }
}
