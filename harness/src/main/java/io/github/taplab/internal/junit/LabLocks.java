package io.github.taplab.internal.junit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * Keeps the tests that share a lab apart where methods run in parallel: each takes a lock that is named after the
 * outermost class. Without parallel execution it has no effect.
 */
public final class LabLocks implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
        Class<?> outermost = enclosingInstanceTypes.isEmpty() ? testClass : enclosingInstanceTypes.get(0);
        return Set.of(new Lock("taplab:" + outermost.getName()));
    }
}
