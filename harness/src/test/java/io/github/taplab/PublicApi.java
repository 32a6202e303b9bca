package io.github.taplab;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that users can compile against, as text: what changes it is seen in a review. */
final class PublicApi {

    private static final String INTRODUCTION = """
            # Public API

            What a test can be compiled against: the public and protected members of the public types, outside of
            `io.github.taplab.internal`, which may change with every version. This page is made by `PublicApiTests`, which
            fails where it is out of date and says what to do.
            """;

    private PublicApi() {}

    static String of(String... packages) {
        return Stream.of(packages)
                .map(PublicApi::packageText)
                .collect(Collectors.joining("\n", INTRODUCTION + "\n", ""));
    }

    private static String packageText(String name) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(name).stream()
                        .filter(type -> type.getPackageName().equals(name))
                        .map(JavaClass::reflect)
                        .filter(PublicApi::isPublic)
                        .sorted(Comparator.comparing(Class::getName))
                        .map(PublicApi::typeText)
                        .collect(Collectors.joining("\n", "## " + name + "\n\n```java\n", "```\n"));
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
    }

    private static String typeText(Class<?> type) {
        Stream<String> members = Stream.of(
                        Arrays.stream(type.getDeclaredFields())
                                .filter(field -> isShown(field.getModifiers(), field.isSynthetic()))
                                .map(PublicApi::fieldText),
                        Arrays.stream(type.getDeclaredConstructors())
                                .filter(constructor -> isShown(constructor.getModifiers(), constructor.isSynthetic()))
                                .filter(constructor -> !isCanonical(type, constructor))
                                .map(constructor -> nameOf(type) + parametersText(constructor))
                                .sorted(),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(method -> isShown(method.getModifiers(), method.isSynthetic()))
                                .filter(method -> !isMadeByTheCompiler(type, method))
                                .map(PublicApi::methodText)
                                .sorted())
                .flatMap(kind -> kind);
        return "%s %s%s {%n%s}%n"
                .formatted(
                        kindOf(type),
                        nameOf(type),
                        headText(type),
                        members.map(member -> "    " + member + ";\n").collect(Collectors.joining()))
                .replace(System.lineSeparator(), "\n");
    }

    private static boolean isShown(int modifiers, boolean synthetic) {
        return !synthetic && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
    }

    private static boolean isCanonical(Class<?> type, Constructor<?> constructor) {
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new));
    }

    private static boolean isMadeByTheCompiler(Class<?> type, Method method) {
        boolean none = method.getParameterCount() == 0;
        if (type.isEnum() && Modifier.isStatic(method.getModifiers())) {
            return method.getName().equals("values") || method.getName().equals("valueOf");
        }
        return Stream.of("toString", "hashCode")
                        .anyMatch(name -> none && method.getName().equals(name))
                || method.getName().equals("equals")
                || (type.isRecord()
                        && none
                        && Arrays.stream(type.getRecordComponents())
                                .anyMatch(component -> component.getName().equals(method.getName())));
    }

    private static String kindOf(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        }
        if (type.isRecord()) {
            return "record";
        }
        String sealed = type.isSealed() ? "sealed " : "";
        if (type.isInterface()) {
            return sealed + "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return (Modifier.isAbstract(type.getModifiers()) ? "abstract " : "")
                + (Modifier.isFinal(type.getModifiers()) ? "final " : sealed)
                + "class";
    }

    private static String nameOf(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static String headText(Class<?> type) {
        String components = type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(component -> plain(component.getGenericType()) + " " + component.getName())
                        .collect(Collectors.joining(", ", "(", ")"))
                : "";
        Type parent = type.getGenericSuperclass();
        boolean said = parent != null && !type.isEnum() && !type.isRecord() && parent != Object.class;
        String superclass = said ? " extends " + plain(Objects.requireNonNull(parent)) : "";
        List<String> interfaces = type.isAnnotation()
                ? List.of()
                : Arrays.stream(type.getGenericInterfaces())
                        .map(PublicApi::plain)
                        .toList();
        String word = type.isInterface() ? " extends " : " implements ";
        return components + superclass + (interfaces.isEmpty() ? "" : word + String.join(", ", interfaces));
    }

    private static String fieldText(Field field) {
        return field.isEnumConstant()
                ? field.getName()
                : modifiersText(field.getModifiers()) + plain(field.getGenericType()) + " " + field.getName();
    }

    private static String methodText(Method method) {
        Object usual = method.getDefaultValue();
        return (method.isDefault() ? "default " : modifiersText(method.getModifiers()))
                + plain(method.getGenericReturnType())
                + " "
                + method.getName()
                + parametersText(method)
                + (usual == null ? "" : " default " + valueText(usual));
    }

    private static String valueText(Object usual) {
        if (usual instanceof Object[] several) {
            return Arrays.stream(several).map(PublicApi::valueText).collect(Collectors.joining(", ", "{", "}"));
        }
        if (usual instanceof Annotation annotation) {
            // How one prints itself differs from JDK to JDK.
            return "@" + annotation.annotationType().getSimpleName();
        }
        return usual instanceof String text ? "\"" + text + "\"" : plain(usual.toString());
    }

    private static String modifiersText(int modifiers) {
        return (Modifier.isProtected(modifiers) ? "protected " : "") + (Modifier.isStatic(modifiers) ? "static " : "");
    }

    private static String parametersText(Executable executable) {
        Type[] types = executable.getGenericParameterTypes();
        String parameters = Arrays.stream(types).map(PublicApi::plain).collect(Collectors.joining(", "));
        return "("
                + (executable.isVarArgs() ? parameters.replaceFirst("\\[]$", "...") : parameters)
                + ")"
                + (executable.getExceptionTypes().length == 0
                        ? ""
                        : Arrays.stream(executable.getExceptionTypes())
                                .map(PublicApi::plain)
                                .collect(Collectors.joining(", ", " throws ", "")));
    }

    private static String plain(Type type) {
        return plain(type.getTypeName());
    }

    private static String plain(String typeNames) {
        return typeNames.replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "").replace('$', '.');
    }
}
