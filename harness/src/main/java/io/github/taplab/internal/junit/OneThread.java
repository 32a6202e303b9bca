package io.github.taplab.internal.junit;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Whether one thread executes all of a class. JUnit says only how a class runs beside others. */
final class OneThread {

    private static final String DEFAULT_MODE = "junit.jupiter.execution.parallel.mode.default";

    private OneThread() {}

    static boolean executes(ExtensionContext node) {
        if (node.getTestMethod().isPresent()) {
            return true;
        }
        Class<?> testClass = node.getRequiredTestClass();
        return isLocked(testClass)
                || (inClass(testClass, node) == ExecutionMode.SAME_THREAD && !hasConcurrentPart(testClass));
    }

    private static boolean isLocked(Class<?> testClass) {
        return enclosing(testClass)
                .flatMap(type -> AnnotationSupport.findRepeatableAnnotations(type, ResourceLock.class).stream())
                .anyMatch(lock -> Stream.of(lock.providers()).anyMatch(provider -> provider == LabLocks.class));
    }

    private static ExecutionMode inClass(Class<?> testClass, ExtensionContext node) {
        return enclosing(testClass)
                .flatMap(type -> AnnotationSupport.findAnnotation(type, Execution.class).stream())
                .findFirst()
                .map(Execution::value)
                .orElseGet(() -> node.getConfigurationParameter(DEFAULT_MODE)
                        .filter(mode -> mode.equalsIgnoreCase(ExecutionMode.CONCURRENT.name()))
                        .map(mode -> ExecutionMode.CONCURRENT)
                        .orElse(ExecutionMode.SAME_THREAD));
    }

    private static boolean hasConcurrentPart(Class<?> testClass) {
        return ReflectionSupport.streamMethods(
                                testClass,
                                method -> isConcurrent(AnnotationSupport.findAnnotation(method, Execution.class)),
                                HierarchyTraversalMode.TOP_DOWN)
                        .findAny()
                        .isPresent()
                || ReflectionSupport.findNestedClasses(testClass, nested -> true).stream()
                        .anyMatch(nested -> isConcurrent(AnnotationSupport.findAnnotation(nested, Execution.class))
                                || hasConcurrentPart(nested));
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
