package io.github.taplab.internal.junit;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** The nested classes whose tests JUnit runs as part of those of the class around them. */
public final class NestedTests {

    private NestedTests() {}

    /**
     * Those of one class. Its other member classes are none of them, and whoever goes on from them comes to no end:
     * with an enum to the JDK's {@code Enum.EnumDesc}, whose superclass has a member that extends that superclass.
     */
    public static List<Class<?>> in(Class<?> testClass) {
        return ReflectionSupport.findNestedClasses(
                testClass, member -> AnnotationSupport.isAnnotated(member, Nested.class));
    }
}
