package io.github.taplab.internal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The plan on its way from a launcher to an extension. */
class PlanListenerTests {

    private static final String DEACTIVATE = "junit.jupiter.conditions.deactivate";
    private static final String DISABLED = "org.junit.*DisabledCondition";

    private static final List<Optional<ClassPlan>> SEEN = new CopyOnWriteArrayList<>();
    private static final List<String> OVER = new CopyOnWriteArrayList<>();

    @BeforeEach
    void nothingIsSeen() {
        SEEN.clear();
        OVER.clear();
    }

    private static void launch() {
        LauncherFactory.create()
                .execute(request()
                        .filters(EngineFilter.includeEngines("junit-jupiter"))
                        .selectors(selectClass(Third.class), selectClass(Second.class), selectClass(First.class))
                        .configurationParameter(DEACTIVATE, DISABLED)
                        .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                        .build());
    }

    @Test
    void theFirstClassKnowsAllOthersInTheirOrder() {
        launch();

        ClassPlan plan = SEEN.get(0).orElseThrow();
        assertThat(plan.classes()).isEqualTo(List.of(First.class, Second.class, Second.Inside.class, Third.class));
        assertThat(plan.parameter(DEACTIVATE)).hasValue(DISABLED);
        assertThat(plan.parameter("no.such.parameter")).isEmpty();
    }

    @Test
    void itIsToldWhichAreOverAlsoThoseThatAreSkipped() {
        launch();

        assertThat(OVER)
                .containsExactly(
                        First.class.getName(),
                        Second.Inside.class.getName(),
                        Second.class.getName(),
                        Third.class.getName());
    }

    @Test
    void aClassIsOverOnceHoweverOftenItIsRun() {
        LauncherFactory.create()
                .execute(request()
                        .filters(EngineFilter.includeEngines("junit-jupiter"))
                        .selectors(selectClass(Twice.class))
                        .configurationParameter(DEACTIVATE, DISABLED)
                        .build());

        assertThat(SEEN).hasSize(1);
        assertThat(OVER).containsExactly(Twice.class.getName());
    }

    @Test
    void withoutALauncherThereIsNone() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(First.class))
                .configurationParameter(DEACTIVATE, DISABLED)
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.succeeded(1));

        assertThat(SEEN).containsExactly(Optional.empty());
    }

    static final class Looks implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            Optional<ClassPlan> plan = ClassPlan.of(context);
            SEEN.add(plan);
            plan.ifPresent(known -> known.whenOver(OVER::add));
        }
    }

    static final class Skips implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return ConditionEvaluationResult.disabled("on purpose");
        }
    }

    @Disabled("run by PlanListenerTests")
    @ExtendWith(Looks.class)
    @Order(1)
    static class First {

        @Test
        void passes() {}
    }

    @Disabled("run by PlanListenerTests")
    @Order(2)
    static class Second {

        @Nested
        class Inside {

            @Test
            void passes() {}
        }
    }

    @Disabled("run by PlanListenerTests")
    @ExtendWith(Looks.class)
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class Twice {

        @Parameter
        int ignored;

        @Test
        void passes() {}
    }

    @Disabled("run by PlanListenerTests")
    @ExtendWith(Skips.class)
    @Order(3)
    static class Third {

        @Test
        void isSkipped() {}
    }
}
