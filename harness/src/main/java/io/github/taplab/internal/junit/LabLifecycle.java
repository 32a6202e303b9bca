package io.github.taplab.internal.junit;

import io.github.taplab.Lab;
import io.github.taplab.LabScope;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.evidence.Evidence;
import io.github.taplab.internal.junit.Declarations.Declaration;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.session.Session;
import io.github.taplab.spec.LabSpec;
import java.lang.reflect.Field;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/**
 * When labs come and go. It keeps nothing itself: the session is in the Store of the whole run, a lab in that of its
 * class or method, and the Stores close them.
 */
public final class LabLifecycle {

    private static final Namespace NAMESPACE = Namespace.create(LabLifecycle.class);

    private final Optional<LabSpec> programmatic;

    /**
     * The life of the labs of one registration.
     *
     * @param programmatic the spec; empty: the class's annotations have it
     */
    public LabLifecycle(Optional<LabSpec> programmatic) {
        this.programmatic = programmatic;
    }

    /** Reads the class's declaration and starts its lab, unless it shares that of the class around it. */
    public void beforeAll(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        Store store = context.getStore(NAMESPACE);
        boolean shares =
                store.get(Declaration.class, Declaration.class) != null && !Declarations.declaresLab(testClass);
        if (shares && !Declarations.declaresGuest(testClass)) {
            return;
        }
        Declaration declaration = Declarations.read(testClass, programmatic);
        store.put(Declaration.class, declaration);
        if (declaration.scope() == LabScope.CLASS) {
            Lab lab = start(context, declaration);
            fill(InjectionPoint.fields(testClass, true), null, lab);
        }
    }

    /** Starts the lab of a method, and fills the fields. */
    public void beforeEach(ExtensionContext context) {
        Declaration declaration = context.getStore(NAMESPACE).get(Declaration.class, Declaration.class);
        if (declaration == null) {
            throw new ExtensionConfigurationException(
                    "LabExtension was registered by an instance field, make it static: a lab is there for the whole class");
        }
        if (declaration.scope() == LabScope.METHOD) {
            start(context, declaration);
        }
        Lab lab = lab(context);
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            fill(InjectionPoint.fields(instance.getClass(), false), instance, lab);
        }
    }

    /** Keeps evidence of a failed test while its lab still runs. */
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            KeptLab kept = context.getStore(NAMESPACE).get(KeptLab.class, KeptLab.class);
            if (kept != null) {
                Evidence.collect(kept.lab()).publish(context);
            }
        }
    }

    /** Whether the parameter is one that a lab fills. */
    public boolean supports(ParameterContext parameter) {
        return InjectionPoint.isOne(parameter.getParameter());
    }

    /** The value for a parameter. */
    public Object resolve(ParameterContext parameter, ExtensionContext context) {
        InjectionPoint point = InjectionPoint.of(parameter.getParameter());
        Declaration declaration = context.getStore(NAMESPACE).get(Declaration.class, Declaration.class);
        if (declaration != null) {
            Handles.problem(point.type(), point.name(), DeclaredNodes.of(declaration.spec()))
                    .ifPresent(problem -> {
                        throw new ParameterResolutionException(point.place() + ": " + problem);
                    });
        }
        return Handles.resolve(point.type(), point.name(), lab(context));
    }

    private static void fill(Iterable<Field> fields, @Nullable Object instance, Lab lab) {
        for (Field field : fields) {
            InjectionPoint point = InjectionPoint.of(field);
            try {
                ReflectionSupport.makeAccessible(field).set(instance, Handles.resolve(point.type(), point.name(), lab));
            } catch (IllegalAccessException e) {
                throw new ExtensionConfigurationException(point.place() + ": can't be set", e);
            }
        }
    }

    private static Lab lab(ExtensionContext context) {
        KeptLab kept = context.getStore(NAMESPACE).get(KeptLab.class, KeptLab.class);
        if (kept == null) {
            throw new ParameterResolutionException(
                    "No lab yet: with scope = METHOD it is there from @BeforeEach on, not before");
        }
        return kept.lab();
    }

    private static Lab start(ExtensionContext context, Declaration declaration) {
        SessionStart session = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SessionStart.class, unused -> SessionStart.now(), SessionStart.class);
        RunningLab lab = RunningLab.start(
                session.orSkip(),
                declaration.spec(),
                context.getRequiredTestClass().getName(),
                declaration.asked());
        context.getStore(NAMESPACE).put(KeptLab.class, new KeptLab(lab));
        return lab;
    }

    /** A lab in a Store, which closes it. */
    private record KeptLab(RunningLab lab) implements AutoCloseable {

        @Override
        public void close() {
            lab.close();
        }
    }

    /** The session of the run, or why there is none; found out once. */
    private record SessionStart(Optional<Session> session, Optional<RuntimeException> failure, boolean required)
            implements AutoCloseable {

        static SessionStart now() {
            Settings settings = Settings.read();
            try {
                return new SessionStart(Optional.of(Session.start(settings)), Optional.empty(), settings.required());
            } catch (RuntimeException e) {
                return new SessionStart(Optional.empty(), Optional.of(e), settings.required());
            }
        }

        Session orSkip() {
            failure.ifPresent(reason -> {
                boolean unfit = reason instanceof LabUnavailableException;
                if (unfit && !required) {
                    throw new TestAbortedException(
                            "Skipped, since no lab can run here: %s. With taplab.required=true this is a failure"
                                    .formatted(reason.getMessage()),
                            reason);
                }
                throw new IllegalStateException("No lab can run here: " + reason.getMessage(), reason);
            });
            return session.orElseThrow();
        }

        @Override
        public void close() {
            session.ifPresent(Session::close);
        }
    }
}
