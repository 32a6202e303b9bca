package io.github.taplab;

import io.github.taplab.Declarations.Declaration;
import io.github.taplab.internal.junit.OneThread;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.LabSpec;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * When labs come and go. It keeps nothing itself: the session is in the Store of the whole run, a lab in that of its
 * class or method, and the Stores close them.
 */
final class LabLifecycle {

    static final Namespace NAMESPACE = Namespace.create(LabLifecycle.class);

    private final Optional<LabSpec> programmatic;

    /**
     * The life of the labs of one registration.
     *
     * @param programmatic the spec; empty: the class's annotations have it
     */
    LabLifecycle(Optional<LabSpec> programmatic) {
        this.programmatic = programmatic;
    }

    /**
     * Whether a class can run at all. A condition, so that build tools report its tests as skipped, with the reason: of
     * a class that aborts before its first test some report nothing.
     */
    ConditionEvaluationResult canRun(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("its class runs");
        }
        try {
            declaration(context);
        } catch (ExtensionConfigurationException wrong) {
            return ConditionEvaluationResult.enabled("the declaration is wrong, which is said before the first test");
        }
        SessionStart session = SessionStart.of(context);
        return session.settings().required() || session.unavailable().isEmpty()
                ? ConditionEvaluationResult.enabled("a lab can run here, or has to")
                : ConditionEvaluationResult.disabled(session.unavailable().get().skipReason());
    }

    /** Reads the class's declaration and starts its lab, unless it shares that of the class around it. */
    void beforeAll(ExtensionContext context) {
        if (Declarations.hasInvocations(context.getRequiredTestClass())) {
            // Only its faults: each invocation has a lab of its own.
            declaration(context);
        } else {
            startOrShare(context);
        }
    }

    /** The same for one of several invocations of a class. */
    void beforeInvocation(ExtensionContext context) {
        if (Declarations.hasInvocations(context.getRequiredTestClass())) {
            startOrShare(context);
        }
    }

    private void startOrShare(ExtensionContext context) {
        Optional<Declaration> declared = declaration(context);
        declared.ifPresent(own -> context.getStore(NAMESPACE).put(Declaration.class, own));
        Declaration declaration = declared.orElseGet(() -> shared(context));
        if (declaration.scope() != LabScope.METHOD) {
            RunningLab lab = declared.isPresent() ? LabStart.of(context, declaration) : lab(context);
            fill(InjectionPoint.fields(context.getRequiredTestClass(), true), null, lab);
            // Of a class with Lifecycle.PER_CLASS, whose @BeforeAll methods may read all of its fields.
            context.getTestInstance()
                    .ifPresent(instance -> fill(InjectionPoint.fields(instance.getClass(), false), instance, lab));
        }
    }

    private static Declaration shared(ExtensionContext context) {
        return Objects.requireNonNull(context.getStore(NAMESPACE).get(Declaration.class, Declaration.class));
    }

    /** What the class declares; empty: it shares the lab of the class around it. */
    private Optional<Declaration> declaration(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        boolean isInLab = context.getStore(NAMESPACE).get(Declaration.class, Declaration.class) != null;
        return isInLab && !Declarations.declaresLab(testClass) && !Declarations.declaresGuest(testClass)
                ? Optional.empty()
                : Optional.of(attached(alone(Declarations.read(testClass, programmatic), context), context));
    }

    /** A lab that is declared brings a lock for its class; a registered one can't, and is refused. */
    private static Declaration alone(Declaration declaration, ExtensionContext context) {
        OneThread.mayBeMany(context).ifPresent(why -> {
            throw new ExtensionConfigurationException(
                    ("The tests of %s share a lab, whose network they change, and may run at the same time: %s;"
                                    + " let one thread run them, with @Execution(SAME_THREAD) on the class and no other"
                                    + " @Execution inside, or declare the lab with @LabContainer, which brings a lock")
                            .formatted(context.getRequiredTestClass().getName(), why));
        });
        return declaration;
    }

    private static Declaration attached(Declaration declaration, ExtensionContext context) {
        Attachment attachment = context.getStore(NAMESPACE).get(Attachment.class, Attachment.class);
        return attachment == null ? declaration : declaration.with(attachment);
    }

    /** Starts the lab of a method, and fills the fields. */
    void beforeEach(ExtensionContext context) {
        Declaration declaration = context.getStore(NAMESPACE).get(Declaration.class, Declaration.class);
        if (declaration == null) {
            throw new ExtensionConfigurationException(
                    "LabExtension was registered by an instance field, make it static: a lab is there for the whole class");
        }
        switch (declaration.scope()) {
            case CLASS -> {}
            case REWIND -> lab(context).rewind();
            case METHOD -> LabStart.of(context, declaration);
        }
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            KeptLab kept =
                    seenFrom(instance.getClass(), context).getStore(NAMESPACE).get(KeptLab.class, KeptLab.class);
            // None: the outer class has scope = METHOD, and this is a method of a nested class with a lab of its own.
            if (kept != null) {
                fill(InjectionPoint.fields(instance.getClass(), false), instance, kept.lab());
            }
        }
        LabTimeline.began(context);
    }

    /** The context in which a class around the method's finds its lab, past nested classes that have their own. */
    private static ExtensionContext seenFrom(Class<?> testClass, ExtensionContext method) {
        ExtensionContext seen = method;
        for (ExtensionContext at = method;
                at.getRequiredTestClass() != testClass;
                at = at.getParent().orElseThrow()) {
            if (Declarations.declaresLab(at.getRequiredTestClass())) {
                seen = at.getParent().orElseThrow();
            }
        }
        return seen;
    }

    /**
     * Runs a dynamic test as a test. JUnit does not: it calls nothing before and after it, asks no handler about its
     * failure, and its factory passes.
     */
    void dynamicTest(Invocation<Void> test, ExtensionContext context) throws Throwable {
        LabTimeline.began(context);
        try {
            test.proceed();
            LabTimeline.executed(context);
        } catch (Throwable failure) {
            Throwable told = LabFailures.failed(context, failure);
            LabTimeline.ended(context, Optional.of(told));
            throw told;
        }
        LabTimeline.ended(context, Optional.empty());
    }

    /** Notes how the test ended, and keeps evidence of what has failed elsewhere, in another extension for example. */
    void afterEach(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> LabFailures.elsewhere(context, failure));
        LabTimeline.ended(context, context.getExecutionException());
    }

    /** Whether the parameter is one that a lab fills. */
    boolean supports(ParameterContext parameter) {
        return InjectionPoint.isOne(parameter.getParameter());
    }

    /** The value for a parameter. */
    Object resolve(ParameterContext parameter, ExtensionContext context) {
        InjectionPoint point = InjectionPoint.of(parameter.getParameter());
        requireLab(point, parameter, context);
        Declaration declaration = context.getStore(NAMESPACE).get(Declaration.class, Declaration.class);
        if (declaration != null) {
            Handles.problem(point.type(), point.name(), DeclaredNodes.of(declaration.spec()))
                    .ifPresent(problem -> {
                        throw new ParameterResolutionException(point.place() + ": " + problem);
                    });
        }
        return handle(point, lab(context));
    }

    // JUnit makes the only instance of a class before it tells anybody that the class begins. What is in the Store then
    // is the lab of a class around it.
    private void requireLab(InjectionPoint point, ParameterContext parameter, ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        boolean isInLab = context.getStore(NAMESPACE).get(Declaration.class, Declaration.class) != null;
        boolean declares = Declarations.declaresLab(testClass) || Declarations.declaresGuest(testClass);
        if (parameter.getDeclaringExecutable() instanceof Constructor
                && context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS))
                && (declares || (programmatic.isPresent() && !isInLab))) {
            throw new ParameterResolutionException(
                    "%s: with Lifecycle.PER_CLASS the instance is made before its lab, take a field with @FromLab"
                            .formatted(point.place()));
        }
    }

    /** What a test gets: a handle that notes what it is asked for. */
    private static Object handle(InjectionPoint point, RunningLab lab) {
        return lab.handles().of(Handles.resolve(point.type(), point.name(), lab));
    }

    private static void fill(Iterable<Field> fields, @Nullable Object instance, RunningLab lab) {
        for (Field field : fields) {
            InjectionPoint point = InjectionPoint.of(field);
            try {
                ReflectionSupport.makeAccessible(field).set(instance, handle(point, lab));
            } catch (IllegalAccessException e) {
                throw new ExtensionConfigurationException(point.place() + ": can't be set", e);
            }
        }
    }

    private static RunningLab lab(ExtensionContext context) {
        KeptLab kept = context.getStore(NAMESPACE).get(KeptLab.class, KeptLab.class);
        if (kept == null) {
            throw new ParameterResolutionException(
                    "No lab yet: with scope = METHOD it is there from @BeforeEach on, not before");
        }
        return kept.lab();
    }
}
