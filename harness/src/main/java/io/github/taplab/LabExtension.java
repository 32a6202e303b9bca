package io.github.taplab;

import io.github.taplab.spec.LabSpec;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives a test class a lab. The annotations register it by themselves; a lab whose spec is computed is registered as
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LabExtension lab = LabExtension.of(LabSpec.builder().guest(GuestSpec.named("guest")).build());
 * }</pre>
 *
 * <p>Such a class has no lock of its own. Its tests share a network, so it is refused where they might run at the same
 * time: where a project runs methods in parallel, give it {@code @Execution(SAME_THREAD)}.
 *
 * @see RegisterExtension
 */
@API(status = Status.STABLE, since = "0.1.0")
public final class LabExtension
        implements ExecutionCondition,
                BeforeAllCallback,
                BeforeClassTemplateInvocationCallback,
                BeforeEachCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                InvocationInterceptor,
                AfterTestExecutionCallback,
                AfterEachCallback,
                ParameterResolver {

    private final LabLifecycle lifecycle;

    /** For {@code @ExtendWith}: the spec is what the test class's annotations say. */
    public LabExtension() {
        lifecycle = new LabLifecycle(Optional.empty());
    }

    private LabExtension(LabSpec spec) {
        lifecycle = new LabLifecycle(Optional.of(spec));
    }

    /** A lab per class with the given spec; the field that holds the extension must be static. */
    public static LabExtension of(LabSpec spec) {
        return new LabExtension(spec);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return lifecycle.canRun(context);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        lifecycle.beforeAll(context);
    }

    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) {
        lifecycle.beforeInvocation(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        lifecycle.beforeEach(context);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw LabFailures.failed(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw LabFailures.failed(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw LabFailures.failed(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw LabFailures.failed(context, failure);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw LabFailures.failed(context, failure);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamicTest, ExtensionContext context)
            throws Throwable {
        lifecycle.dynamicTest(invocation, context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        LabTimeline.executed(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        lifecycle.afterEach(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return lifecycle.supports(parameter);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return lifecycle.resolve(parameter, context);
    }
}
