package io.github.taplab.internal.junit;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Whether one thread executes all of a class. JUnit says only how a class runs beside others. */
public final class OneThread {

    private static final String DEFAULT_MODE = "junit.jupiter.execution.parallel.mode.default";

    private OneThread() {}

    /** Whether all that is below a class, or a method, needs one thread only. */
    public static boolean executes(ExtensionContext node) {
        return node.getTestMethod().isPresent() || concurrentPart(node).isEmpty();
    }

    /**
     * Why the tests of a class may run at the same time; empty if they can't, as where JUnit runs nothing in parallel.
     *
     * @param node of a class, or of one invocation of it
     */
    public static Optional<String> mayBeMany(ExtensionContext node) {
        return Parallelism.isEnabled(node::getConfigurationParameter) ? concurrentPart(node) : Optional.empty();
    }

    private static Optional<String> concurrentPart(ExtensionContext node) {
        Class<?> testClass = node.getRequiredTestClass();
        // JUnit has one thread execute all that is below an exclusive lock, whatever it says itself.
        return isLocked(testClass)
                ? Optional.empty()
                : modeOf(testClass, node).or(() -> annotatedParts(testClass).findFirst());
    }

    private static boolean isLocked(Class<?> testClass) {
        return enclosing(testClass)
                .flatMap(type -> AnnotationSupport.findRepeatableAnnotations(type, ResourceLock.class).stream())
                .anyMatch(OneThread::isExclusive);
    }

    private static boolean isExclusive(ResourceLock lock) {
        return Stream.of(lock.providers()).anyMatch(provider -> provider == LabLocks.class)
                || (!lock.value().isEmpty()
                        && lock.mode() == ResourceAccessMode.READ_WRITE
                        && lock.target() == ResourceLockTarget.SELF);
    }

    /** What has the methods run at the same time that say nothing themselves. The inner class goes before the outer. */
    private static Optional<String> modeOf(Class<?> testClass, ExtensionContext node) {
        for (Class<?> type : enclosing(testClass).toList()) {
            Optional<Execution> execution = AnnotationSupport.findAnnotation(type, Execution.class);
            if (execution.isPresent()) {
                return isConcurrent(execution) ? Optional.of(annotated(type.getSimpleName())) : Optional.empty();
            }
            if (isOrdered(type, node)) {
                return Optional.empty();
            }
        }
        return node.getConfigurationParameter(DEFAULT_MODE)
                .filter(mode -> mode.equalsIgnoreCase(ExecutionMode.CONCURRENT.name()))
                .map(mode -> DEFAULT_MODE + " is " + mode);
    }

    /** Ordered methods run in one thread, unless the order or their class says otherwise. */
    private static boolean isOrdered(Class<?> testClass, ExtensionContext node) {
        return enclosing(testClass)
                .flatMap(type -> AnnotationSupport.findAnnotation(type, TestMethodOrder.class).stream())
                .findFirst()
                .<Class<?>>map(TestMethodOrder::value)
                .or(() -> node.getConfigurationParameter(MethodOrderer.DEFAULT_ORDER_PROPERTY_NAME)
                        .flatMap(name -> ReflectionSupport.tryToLoadClass(name).toOptional()))
                .filter(MethodOrderer.class::isAssignableFrom)
                .flatMap(type -> ((MethodOrderer) ReflectionSupport.newInstance(type)).getDefaultExecutionMode())
                .filter(mode -> mode == ExecutionMode.SAME_THREAD)
                .isPresent();
    }

    /** Methods, and nested classes, that run beside others by an annotation of their own. */
    private static Stream<String> annotatedParts(Class<?> testClass) {
        Stream<String> methods = ReflectionSupport.streamMethods(
                        testClass,
                        method -> isConcurrent(AnnotationSupport.findAnnotation(method, Execution.class)),
                        HierarchyTraversalMode.TOP_DOWN)
                .map(method -> annotated(method.getDeclaringClass().getSimpleName() + "." + method.getName()));
        Stream<String> nested = NestedTests.in(testClass).stream()
                .flatMap(inner -> isConcurrent(AnnotationSupport.findAnnotation(inner, Execution.class))
                        ? Stream.of(annotated(inner.getSimpleName()))
                        : annotatedParts(inner));
        return Stream.concat(methods, nested);
    }

    private static String annotated(String part) {
        return part + " has @Execution(CONCURRENT)";
    }

    private static boolean isConcurrent(Optional<Execution> execution) {
        return execution
                .filter(mode -> mode.value() == ExecutionMode.CONCURRENT)
                .isPresent();
    }

    /** The class and those around it, from inside. */
    private static Stream<Class<?>> enclosing(Class<?> testClass) {
        return Stream.iterate(testClass, type -> type != null, Class::getEnclosingClass);
    }
}
