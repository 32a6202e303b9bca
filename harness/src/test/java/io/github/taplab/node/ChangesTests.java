package io.github.taplab.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rule of this package: a change that is undone returns its way back, one that stays is called as at a shell. */
class ChangesTests {

    private static final List<Class<?>> HANDLES = List.of(
            Node.class,
            Breakable.class,
            ContainerNode.class,
            Client.class,
            Launcher.class,
            Gateway.class,
            WebServer.class,
            Guest.class,
            GuestShell.class,
            Shell.class,
            Console.class,
            Lab.class);

    private static final Pattern STAYS = Pattern.compile("(add|remove|set|flush|copy)(\\p{Lu}.*|$)");

    /** Happens once: there is nothing that could stay or be undone. */
    private static final Set<String> HAPPENS =
            Set.of("announce", "send", "type", "pressKeys", "reboot", "powerOff", "powerOn", "migrateTo", "hold");

    @Test
    void whatIsUndoneHasAVerbOfItsOwn() {
        assertThat(verbs(method -> method.getReturnType() == Undo.class))
                .isNotEmpty()
                .noneMatch(STAYS.asMatchPredicate());
    }

    @Test
    void whatStaysIsCalledAsAtAShell() {
        assertThat(verbs(method -> method.getReturnType() == void.class))
                .isNotEmpty()
                .allMatch(verb -> HAPPENS.contains(verb) || STAYS.matcher(verb).matches());
    }

    @Test
    void whatHasToBeClosedIsNotDropped() {
        assertThat(methods()
                        .filter(method -> AutoCloseable.class.isAssignableFrom(method.getReturnType()))
                        .toList())
                .hasSizeGreaterThan(15)
                .allMatch(method -> method.isAnnotationPresent(CheckReturnValue.class));
        assertThat(methods()
                        .filter(method -> method.isAnnotationPresent(CheckReturnValue.class))
                        .toList())
                .allMatch(method -> AutoCloseable.class.isAssignableFrom(method.getReturnType()));
    }

    private static List<String> verbs(Predicate<Method> wanted) {
        return methods().filter(wanted).map(Method::getName).distinct().toList();
    }

    private static Stream<Method> methods() {
        return HANDLES.stream()
                .flatMap(handle -> Arrays.stream(handle.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic());
    }
}
