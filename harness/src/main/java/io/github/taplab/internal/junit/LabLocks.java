package io.github.taplab.internal.junit;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * Keeps the tests that share a lab apart where methods run in parallel: a class takes a lock that is named after the
 * outermost class. A lock of a class also has JUnit execute all of it in one thread, which so never waits for tests,
 * and never executes another class in the meantime. Without parallel execution it has no effect.
 */
public final class LabLocks implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        return Set.of(lock(testClass));
    }

    @Override
    public Set<Lock> provideForNestedClass(List<Class<?>> enclosingInstanceTypes, Class<?> testClass) {
        return Set.of(lock(enclosingInstanceTypes.isEmpty() ? testClass : enclosingInstanceTypes.get(0)));
    }

    private static Lock lock(Class<?> outermost) {
        return new Lock("taplab:" + outermost.getName());
    }
}
