package io.github.taplab.internal.timeline;

import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.node.Client;
import io.github.taplab.node.Console;
import io.github.taplab.node.Gateway;
import io.github.taplab.node.Guest;
import io.github.taplab.node.GuestShell;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.node.WebServer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handle as a test has it: what is asked of it, or done to it, is written on the lab's timeline. So that is done in
 * one place for all verbs, and only for those of a test: Taplab itself has the handles behind.
 */
public final class Recorded implements InvocationHandler {

    private static final List<Class<?>> HANDLES = List.of(
            Lab.class,
            Guest.class,
            Launcher.class,
            Client.class,
            Gateway.class,
            WebServer.class,
            GuestShell.class,
            Console.class,
            Undo.class);

    /** What is known without a look at the node. */
    private static final Set<String> KNOWN = Set.of("name", "nic", "wanNic");

    private final RecordedHandles handles;
    private final Object handle;
    private final String node;
    private final String what;

    /** A handle that is recorded: of which node, and what of it, where it is not the node itself. */
    private Recorded(RecordedHandles handles, Object handle, String node, String what) {
        this.handles = handles;
        this.handle = handle;
        this.node = node;
        this.what = what;
    }

    /** The handle behind; what is not recorded is returned as it is. */
    public static Object behind(Object value) {
        return Proxy.isProxyClass(value.getClass()) && Proxy.getInvocationHandler(value) instanceof Recorded recorded
                ? recorded.handle
                : value;
    }

    /** A proxy of a handle; empty: it is none, or recorded already. */
    static Optional<Object> proxy(RecordedHandles handles, Object value, String node, String what) {
        return HANDLES.stream()
                .filter(handle -> handle.isInstance(value))
                .filter(unused -> behind(value) == value)
                .findFirst()
                .map(type -> Proxy.newProxyInstance(
                        Recorded.class.getClassLoader(),
                        new Class<?>[] {type},
                        new Recorded(handles, value, value instanceof Node own ? own.name() : node, what)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        Object[] arguments = given == null ? new Object[0] : given;
        Object[] plain = Arrays.stream(arguments)
                .map(each -> each == null ? null : behind(each))
                .toArray();
        if (method.getDeclaringClass() == Object.class || handle instanceof Lab || KNOWN.contains(method.getName())) {
            return handedOut(call(method, plain), "");
        }
        String call = CallWords.of(method, what, arguments);
        Instant at = Instant.now();
        long start = System.nanoTime();
        try {
            Object result = call(method, plain);
            if (!isPartOfNode(result)) {
                tell(at, start, call, CallWords.result(result), false);
            }
            return handedOut(result, result instanceof Undo ? "undo of " + call : method.getName());
        } catch (Throwable e) {
            tell(at, start, call, String.valueOf(e.getMessage()), true);
            throw e;
        }
    }

    private @Nullable Object handedOut(@Nullable Object result, String named) {
        if (result instanceof List<?> several) {
            return several.stream().map(each -> handles.of(each, node, named)).toList();
        }
        return result == null ? null : handles.of(result, node, named);
    }

    /** Whether it is a handle that something will be asked of later: to get it says nothing of the network. */
    private static boolean isPartOfNode(@Nullable Object result) {
        return result != null
                && !(result instanceof Undo)
                && HANDLES.stream().anyMatch(type -> type.isInstance(result));
    }

    private void tell(Instant at, long start, String call, String result, boolean failed) {
        handles.add(new Step(at, Duration.ofNanos(System.nanoTime() - start), node, call, result, failed));
    }

    private @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(handle, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
