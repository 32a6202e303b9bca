package io.github.taplab;

import io.github.taplab.Declarations.Declaration;
import io.github.taplab.internal.junit.ClassPlan;
import io.github.taplab.internal.placement.LabRequest;
import io.github.taplab.spec.Attachment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The labs that a run's classes will ask for, as far as that can be known before. What is wrong with a declaration its
 * class says itself.
 */
final class PlannedLabs {

    /** The configuration parameter of those who let disabled classes run. */
    private static final String DEACTIVATED = "junit.jupiter.conditions.deactivate";

    private PlannedLabs() {}

    /**
     * Reads the declarations of all classes, in the order of the plan.
     *
     * @param attachments those that classes with {@code @EachAttachment} run
     */
    static List<LabRequest> of(ClassPlan plan, Set<Attachment> attachments) {
        boolean disabledOnesRun = plan.parameter(DEACTIVATED).isPresent();
        return plan.classes().stream()
                .filter(Declarations::declaresLab)
                .filter(testClass -> disabledOnesRun || !AnnotationSupport.isAnnotated(testClass, Disabled.class))
                .flatMap(testClass -> requests(testClass, attachments))
                .toList();
    }

    private static Stream<LabRequest> requests(Class<?> testClass, Set<Attachment> attachments) {
        Declaration declaration;
        try {
            declaration = Declarations.read(testClass, Optional.empty());
        } catch (RuntimeException wrong) {
            return Stream.of();
        }
        if (declaration.scope() == LabScope.METHOD) {
            return Stream.of();
        }
        return AnnotationSupport.findAnnotation(testClass, EachAttachment.class)
                .map(each -> Stream.of(each.value())
                        .distinct()
                        .filter(attachments::contains)
                        .map(declaration::with))
                .orElseGet(() -> Stream.of(declaration))
                .map(each -> request(testClass, each));
    }

    /** What a class asks for. */
    static LabRequest request(Class<?> testClass, Declaration declaration) {
        return new LabRequest(testClass.getName(), declaration.spec(), declaration.asked());
    }
}
