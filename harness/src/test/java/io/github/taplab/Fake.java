package io.github.taplab;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** What stands in for a node or a capture: it knows the few methods that a test is about, by their names. */
public final class Fake {

    private Fake() {}

    /** Methods of the interface that it does itself work; any other is the test's fault. */
    @SuppressWarnings("NullAway") // A proxy's arguments are null where there are none, and so is what void returns.
    public static <T> T of(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(Proxy.newProxyInstance(
                Fake.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    Function<Object[], Object> known = methods.get(method.getName());
                    if (known != null) {
                        return known.apply(args == null ? new Object[0] : args);
                    }
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, args);
                    }
                    if (method.getName().equals("toString")) {
                        return methods.containsKey("name")
                                ? methods.get("name").apply(new Object[0])
                                : type.getSimpleName();
                    }
                    throw new AssertionError("asked: " + method.getName());
                }));
    }
}
