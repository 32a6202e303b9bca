package io.github.taplab;

import io.github.taplab.internal.junit.NestedTests;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * A place in a test class into which something of the lab goes.
 *
 * @param type what is wanted
 * @param name of the node; empty: the only one
 * @param place for messages
 */
record InjectionPoint(Class<?> type, String name, String place) {

    private static final List<Class<? extends Annotation>> ONCE_A_CLASS = List.of(BeforeAll.class, AfterAll.class);
    private static final List<Class<? extends Annotation>> BEFORE_EACH_TEST =
            List.of(Test.class, TestFactory.class, TestTemplate.class, BeforeEach.class, AfterEach.class);

    static InjectionPoint of(Field field) {
        return new InjectionPoint(
                field.getType(),
                name(field),
                "field " + field.getDeclaringClass().getSimpleName() + "." + field.getName());
    }

    static InjectionPoint of(Parameter parameter) {
        Executable owner = parameter.getDeclaringExecutable();
        String declaring = owner.getDeclaringClass().getSimpleName();
        String where = owner instanceof Constructor ? declaring + "'s constructor" : declaring + "." + owner.getName();
        return new InjectionPoint(
                parameter.getType(), name(parameter), "parameter \"%s\" of %s".formatted(parameter.getName(), where));
    }

    /**
     * Whether the parameter is for a lab to fill. A plain value may be somebody else's, another extension's or a
     * parameterized test's, unless {@link FromLab} says otherwise.
     */
    static boolean isOne(Parameter parameter) {
        return AnnotationSupport.isAnnotated(parameter, FromLab.class) || Handles.isHandle(parameter.getType());
    }

    /** The fields to fill: static ones once, the others before each test. */
    static List<Field> fields(Class<?> testClass, boolean ofClass) {
        return AnnotationSupport.findAnnotatedFields(
                testClass,
                FromLab.class,
                field -> Modifier.isStatic(field.getModifiers()) == ofClass,
                HierarchyTraversalMode.TOP_DOWN);
    }

    /** Every place in a test class and in those nested classes that share its lab. */
    static List<InjectionPoint> all(Class<?> testClass) {
        List<InjectionPoint> points = new ArrayList<>();
        fields(testClass, true).forEach(field -> points.add(of(field)));
        fields(testClass, false).forEach(field -> points.add(of(field)));
        points.addAll(parameters(testClass, BEFORE_EACH_TEST));
        points.addAll(beforeTheFirstTest(testClass));
        NestedTests.in(testClass).stream()
                .filter(nested -> !Declarations.declaresLab(nested))
                .forEach(nested -> points.addAll(all(nested)));
        return points;
    }

    /** The parameters of one class that are needed before the lab of a single test can be there. */
    static List<InjectionPoint> beforeTheFirstTest(Class<?> testClass) {
        List<InjectionPoint> points = new ArrayList<>(onceAClass(testClass));
        Stream.of(testClass.getDeclaredConstructors())
                .flatMap(constructor -> Stream.of(constructor.getParameters()))
                .filter(InjectionPoint::isOne)
                .forEach(parameter -> points.add(of(parameter)));
        return points;
    }

    /** The parameters of one class's {@code @BeforeAll} and {@code @AfterAll} methods. */
    static List<InjectionPoint> onceAClass(Class<?> testClass) {
        return parameters(testClass, ONCE_A_CLASS);
    }

    private static List<InjectionPoint> parameters(Class<?> testClass, List<Class<? extends Annotation>> of) {
        return ReflectionSupport.streamMethods(
                        testClass,
                        method -> of.stream().anyMatch(annotation -> AnnotationSupport.isAnnotated(method, annotation)),
                        HierarchyTraversalMode.TOP_DOWN)
                .flatMap(method -> Stream.of(method.getParameters()))
                .filter(InjectionPoint::isOne)
                .map(InjectionPoint::of)
                .toList();
    }

    private static String name(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(FromLab.class))
                .map(FromLab::value)
                .orElse("");
    }
}
