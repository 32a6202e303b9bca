package io.github.taplab;

import io.github.taplab.internal.junit.NestedTests;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.InvalidSpecException;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.Quoted;
import io.github.taplab.spec.Subnet;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads what a test class declares, and says all that is wrong with it at once. */
final class Declarations {

    private static final Pattern SIZE = Pattern.compile("/(\\d{1,2})");

    private Declarations() {}

    /**
     * What a class has declared.
     *
     * @param asked names of clients, and of the gateway, that its signatures ask for
     */
    record Declaration(LabSpec spec, LabScope scope, Set<String> asked) {

        /** The same with another attachment of all guests. */
        Declaration with(Attachment attachment) {
            return new Declaration(spec.withAttachment(attachment), scope, asked);
        }
    }

    static boolean declaresLab(Class<?> testClass) {
        return AnnotationSupport.isAnnotated(testClass, LabContainer.class);
    }

    static boolean declaresGuest(Class<?> testClass) {
        return !AnnotationSupport.findRepeatableAnnotations(testClass, MacvtapVm.class)
                .isEmpty();
    }

    /** Whether a class is invoked several times, each time with a lab of its own. */
    static boolean hasInvocations(Class<?> testClass) {
        return AnnotationSupport.isAnnotated(testClass, EachAttachment.class);
    }

    /** The annotations' own extension comes first, and would start a lab before the registered one is heard. */
    private static boolean registersLab(Class<?> testClass) {
        return !AnnotationSupport.findAnnotatedFields(
                        testClass, RegisterExtension.class, field -> field.getType() == LabExtension.class)
                .isEmpty();
    }

    /**
     * Reads a class.
     *
     * @param programmatic the spec of a registered extension; empty: the class has annotations
     * @throws ExtensionConfigurationException with every fault
     */
    static Declaration read(Class<?> testClass, Optional<LabSpec> programmatic) {
        List<String> problems = new ArrayList<>();
        Optional<LabContainer> lab = AnnotationSupport.findAnnotation(testClass, LabContainer.class);
        List<MacvtapVm> vms = AnnotationSupport.findRepeatableAnnotations(testClass, MacvtapVm.class);
        LabScope scope = lab.map(LabContainer::scope).orElse(LabScope.CLASS);
        if (programmatic.isPresent() || registersLab(testClass)) {
            if (lab.isPresent() || !vms.isEmpty()) {
                problems.add("a registered LabExtension and @LabContainer or @MacvtapVm: use one of the two");
            }
        } else if (lab.isEmpty()) {
            problems.add("@MacvtapVm: a guest needs a lab, add @LabContainer to the class"
                    + (testClass.getEnclosingClass() == null ? "" : ", or move the guest to the class that has it"));
        }
        Optional<LabSpec> spec = programmatic.or(() -> spec(vms, lab, problems));
        spec.ifPresent(each -> checkAttachments(testClass, each, problems));
        DeclaredNodes nodes = programmatic.map(DeclaredNodes::of).orElseGet(() -> DeclaredNodes.of(vms, lab));
        Set<String> asked = new LinkedHashSet<>();
        // Without @LabContainer it is not known which clients there would be.
        if (programmatic.isPresent() || lab.isPresent()) {
            checkInjection(testClass, nodes, scope, problems, asked);
        }
        if (!problems.isEmpty()) {
            throw new ExtensionConfigurationException("The lab of %s can't be as declared, %d %s:%n%s"
                    .formatted(
                            testClass.getName(),
                            problems.size(),
                            problems.size() == 1 ? "problem" : "problems",
                            String.join(
                                    System.lineSeparator(),
                                    problems.stream()
                                            .map(problem -> "  - " + problem)
                                            .toList())));
        }
        return new Declaration(spec.orElseThrow(), scope, asked);
    }

    private static void checkAttachments(Class<?> testClass, LabSpec spec, List<String> problems) {
        AnnotationSupport.findAnnotation(testClass, EachAttachment.class).stream()
                .flatMap(each -> Stream.of(each.value()))
                .forEach(attachment -> {
                    try {
                        spec.withAttachment(attachment);
                    } catch (InvalidSpecException e) {
                        e.problems().forEach(problem -> problems.add("@EachAttachment: " + problem));
                    }
                });
    }

    private static Optional<LabSpec> spec(List<MacvtapVm> vms, Optional<LabContainer> lab, List<String> problems) {
        LabSpec.Builder builder = LabSpec.builder();
        String[] launchers = lab.map(LabContainer::launchers).orElse(new String[] {LabSpec.LAUNCHER_NAME});
        boolean whole = true;
        for (MacvtapVm vm : vms) {
            Optional<GuestSpec> guest = DeclaredGuest.read(vm, launchers, problems);
            guest.ifPresent(builder::guest);
            whole &= guest.isPresent();
        }
        if (lab.isPresent()) {
            builder.privileged(lab.get().privileged())
                    .gateway(lab.get().gateway())
                    .ipv6(lab.get().ipv6())
                    .clients(lab.get().clients())
                    .launchers(launchers)
                    .internet(lab.get().internet())
                    .host(lab.get().host());
            whole &= subnet(lab.get().subnet(), builder, problems);
        }
        try {
            LabSpec spec = builder.build();
            return whole && lab.isPresent() ? Optional.of(spec) : Optional.empty();
        } catch (InvalidSpecException e) {
            e.problems().forEach(problem -> problems.add("@LabContainer: " + problem));
            return Optional.empty();
        }
    }

    private static boolean subnet(String text, LabSpec.Builder builder, List<String> problems) {
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            builder.prefixLength(Integer.parseInt(size.group(1)));
            return true;
        }
        try {
            builder.subnet(Subnet.of(text));
            return true;
        } catch (IllegalArgumentException e) {
            problems.add("@LabContainer: subnet = %s: %s".formatted(Quoted.of(text), e.getMessage()));
            return false;
        }
    }

    private static void checkInjection(
            Class<?> testClass, DeclaredNodes nodes, LabScope scope, List<String> problems, Set<String> asked) {
        for (InjectionPoint point : InjectionPoint.all(testClass)) {
            Optional<String> problem = Handles.isInjectable(point.type())
                    ? Handles.problem(point.type(), point.name(), nodes)
                    : Optional.of("%s: not injectable, there are %s"
                            .formatted(point.type().getSimpleName(), Handles.injectable()));
            if (problem.isPresent()) {
                problems.add(point.place() + ": " + problem.get());
            } else {
                Handles.startsNode(point.type(), point.name(), nodes).ifPresent(asked::add);
            }
        }
        checkPlaces(testClass, scope, problems);
    }

    private static void checkPlaces(Class<?> testClass, LabScope scope, List<String> problems) {
        for (boolean ofClass : new boolean[] {true, false}) {
            for (Field field : InjectionPoint.fields(testClass, ofClass)) {
                String place = InjectionPoint.of(field).place();
                if (Modifier.isFinal(field.getModifiers())) {
                    problems.add(place + ": a field with @FromLab must not be final");
                }
                if (ofClass && field.getDeclaringClass() != testClass) {
                    problems.add(
                            "%s: static in a superclass of %s, and other subclasses have labs of their own: make it an instance field"
                                    .formatted(place, testClass.getSimpleName()));
                }
                if (ofClass && scope == LabScope.METHOD) {
                    problems.add(place + ": static, but with scope = METHOD each test has a lab of its own");
                } else if (ofClass && hasInvocations(testClass)) {
                    problems.add(place + ": static, but with @EachAttachment each invocation has a lab of its own");
                }
            }
        }
        if (scope == LabScope.METHOD) {
            InjectionPoint.beforeTheFirstTest(testClass)
                    .forEach(point -> problems.add(
                            point.place() + ": with scope = METHOD a lab is there from @BeforeEach on, not before"));
        }
        if (scope != LabScope.METHOD && hasInvocations(testClass)) {
            InjectionPoint.onceAClass(testClass)
                    .forEach(
                            point -> problems.add(
                                    point.place()
                                            + ": with @EachAttachment each invocation has a lab of its own, which is not there before"));
        }
        for (Class<?> nested : NestedTests.in(testClass)) {
            if (declaresLab(nested)) {
                continue;
            }
            if (declaresGuest(nested)) {
                problems.add("@MacvtapVm on %s: it shares this lab, so move the guest to %s"
                        .formatted(nested.getSimpleName(), testClass.getSimpleName()));
            }
            checkPlaces(nested, scope, problems);
        }
    }
}
