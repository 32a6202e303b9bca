package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.github.taplab.internal.timeline.Event.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A run of JUnit's on its way to a page. */
class ReportListenerTests {

    private static final String DISABLED = "org.junit.*DisabledCondition";

    private final Path folder;

    ReportListenerTests(@TempDir Path folder) {
        this.folder = folder;
    }

    private void launch(Map<String, String> parameters, Class<?>... classes) {
        LauncherFactory.create()
                .execute(plan(
                        parameters,
                        Stream.of(classes).map(one -> selectClass(one)).toArray(DiscoverySelector[]::new)));
    }

    /** Several plans of one session, as where Surefire runs failing tests again. */
    private void launchInOneSession(LauncherDiscoveryRequest... plans) {
        try (LauncherSession session = LauncherFactory.openSession()) {
            for (LauncherDiscoveryRequest plan : plans) {
                session.getLauncher().execute(plan);
            }
        }
    }

    private LauncherDiscoveryRequest plan(Map<String, String> parameters, DiscoverySelector... selectors) {
        return request()
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .selectors(selectors)
                .configurationParameter("junit.jupiter.conditions.deactivate", DISABLED)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .configurationParameter("taplab.report", folder.toString())
                .configurationParameters(parameters)
                .build();
    }

    private RunReport written() throws IOException {
        return Inlined.read(Files.readString(
                folder.resolve(Fork.of(System.getProperty("sun.java.command")).page())));
    }

    @Test
    void classesAndTestsHaveTheirVerdictsTimesAndFailures() throws IOException {
        launch(Map.of(), WithLab.class, WithoutLab.class);

        RunReport run = written();
        assertThat(run.withoutLab()).isOne();
        assertThat(run.machine())
                .startsWith("JDK ")
                .contains(", Docker 20.10.24, ")
                .endsWith(" cores");
        ClassReport one = run.classes().get(0);
        assertThat(one.name()).isEqualTo("A class with a lab");
        assertThat(one.className()).isEqualTo(WithLab.class.getName());
        assertThat(one.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(one.failure()).isNull();
        assertThat(one.took()).isPositive();
        assertThat(one.phases()).containsExactly(new ClassReport.PhaseReport("network", Duration.ofMillis(70)));
        assertThat(one.tests())
                .extracting(TestReport::name, TestReport::verdict, TestReport::reason)
                .containsExactly(
                        tuple("passes()", Verdict.PASSED, ""),
                        tuple("fails()", Verdict.FAILED, ""),
                        tuple("isAborted()", Verdict.ABORTED, "Assumption failed: no netem"),
                        tuple("isAsked(String) › [1] first=a", Verdict.PASSED, ""),
                        tuple("isAsked(String) › [2] first=b", Verdict.PASSED, ""));
        FailureReport failure = Objects.requireNonNull(one.tests().get(1).failure());
        assertThat(failure.message()).isEqualTo("expected: refused");
        assertThat(failure.causes()).containsExactly("two nodes have it");
        assertThat(failure.stackTrace())
                .contains("AssertionError")
                .contains(getClass().getName());
    }

    @Test
    void eachTestHasWhatWasHandedInForIt() throws IOException {
        launch(Map.of(), WithLab.class);

        List<TestReport> tests = written().classes().get(0).tests();
        assertThat(tests.get(0).material().sections())
                .extracting(Material.Section::text)
                .containsExactly("passes()");
        assertThat(tests.get(4).material().sections())
                .extracting(Material.Section::text)
                .containsExactly("[2] first=b");
    }

    @Test
    void aNestedClassIsAClass() throws IOException {
        launch(Map.of(), WithLab.class);

        ClassReport inside = written().classes().get(1);
        assertThat(inside.name()).isEqualTo("A class with a lab › Inside");
        assertThat(inside.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(inside.tests()).extracting(TestReport::name).containsExactly("passesToo()");
    }

    @Test
    void aFactorySaysWhatWasHandedInForItAndEachDynamicTestItsOwn() throws IOException {
        launch(Map.of(), WithFactory.class);

        ClassReport one = written().classes().get(0);
        assertThat(one.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(one.tests())
                .extracting(
                        TestReport::name,
                        TestReport::verdict,
                        test -> test.material().sections().stream()
                                .map(Material.Section::text)
                                .toList())
                .containsExactly(
                        tuple("factory()", Verdict.PASSED, List.of("factory()")),
                        tuple("factory() › passes", Verdict.PASSED, List.of()),
                        tuple("factory() › fails", Verdict.FAILED, List.of("fails")));
    }

    @Test
    void aFactoryWithoutAnythingOfItsOwnIsNotOnThePage() throws IOException {
        launch(Map.of(), WithSilentFactory.class);

        assertThat(written().classes().get(0).tests())
                .extracting(TestReport::name)
                .containsExactly("factory() › passes");
    }

    @Test
    void aClassThatFailsByItselfHasItsFailure() throws IOException {
        launch(Map.of(), FailsBefore.class);

        ClassReport one = written().classes().get(0);
        assertThat(one.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(Objects.requireNonNull(one.failure()).message()).isEqualTo("no lab");
        assertThat(one.material().sections()).hasSize(1);
        assertThat(one.tests())
                .extracting(TestReport::verdict, TestReport::reason)
                .containsExactly(tuple(Verdict.ABORTED, "not run"));
    }

    @Test
    void aTestThatIsRunAgainHasItsLastAttemptAndNothingOfTheOneBefore() throws IOException {
        Flaky.attempts = 0;

        launchInOneSession(
                plan(Map.of(), selectClass(Flaky.class), selectClass(FailsBefore.class), selectClass(WithoutLab.class)),
                plan(Map.of(), selectMethod(Flaky.class, "isFlaky"), selectClass(WithoutLab.class)));

        RunReport run = written();
        assertThat(run.withoutLab()).isOne();
        assertThat(run.classes())
                .extracting(ClassReport::className, ClassReport::verdict)
                .containsExactlyInAnyOrder(
                        tuple(Flaky.class.getName(), Verdict.PASSED),
                        tuple(FailsBefore.class.getName(), Verdict.FAILED));
        ClassReport flaky = run.classes().stream()
                .filter(each -> each.className().equals(Flaky.class.getName()))
                .findFirst()
                .orElseThrow();
        assertThat(flaky.phases()).hasSize(1);
        assertThat(flaky.material().sections()).hasSize(1);
        assertThat(flaky.tests())
                .extracting(
                        TestReport::name,
                        TestReport::verdict,
                        TestReport::failure,
                        test -> test.material().sections().stream()
                                .map(Material.Section::text)
                                .toList())
                .containsExactly(
                        tuple("isFlaky()", Verdict.PASSED, null, List.of("isFlaky()", "attempt 2")),
                        tuple("passesAtOnce()", Verdict.PASSED, null, List.of("passesAtOnce()")));
    }

    @Test
    void aClassStaysFailedWhereATestOfItIsThatWasNotRunAgain() throws IOException {
        launchInOneSession(
                plan(Map.of(), selectClass(WithLab.class)), plan(Map.of(), selectMethod(WithLab.class, "passes")));

        ClassReport one = written().classes().get(0);
        assertThat(one.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(one.tests()).hasSize(5);
    }

    /** What was not run again has no verdict then, and not that of the attempt before. */
    @Test
    void whatASecondPlanDoesNotComeToIsNotRun() throws IOException {
        FailsTheSecondTime.attempts = 0;

        launchInOneSession(
                plan(Map.of(), selectClass(FailsTheSecondTime.class)),
                plan(Map.of(), selectClass(FailsTheSecondTime.class)));

        ClassReport one = written().classes().get(0);
        assertThat(one.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(one.tests())
                .extracting(TestReport::verdict, TestReport::reason, TestReport::failure)
                .containsExactly(tuple(Verdict.ABORTED, "not run", null));
    }

    @Test
    void whereNoPageIsWantedNothingIsKeptForALaterOne() throws IOException {
        Flaky.attempts = 0;

        launchInOneSession(
                plan(Map.of("taplab.report", "off"), selectClass(Flaky.class)),
                plan(Map.of(), selectMethod(Flaky.class, "isFlaky")));

        ClassReport one = written().classes().get(0);
        assertThat(one.phases()).hasSize(1);
        assertThat(one.tests()).hasSize(1);
        assertThat(one.tests().get(0).material().sections())
                .extracting(Material.Section::text)
                .containsExactly("isFlaky()", "attempt 2");
    }

    /** As where a JVM is given its classes one by one, each in a plan of its own. */
    @Test
    void testsWithoutALabCountInWhicheverPlan() throws IOException {
        launchInOneSession(
                plan(Map.of(), selectClass(WithoutLab.class)),
                plan(Map.of(), selectClass(Flaky.class)),
                plan(Map.of(), selectClass(AlsoWithoutLab.class)));

        assertThat(written().withoutLab()).isEqualTo(2);
    }

    @Test
    void aRunWithoutALabHasNoPage() {
        launch(Map.of(), WithoutLab.class);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void offMeansNone() {
        launch(Map.of("taplab.report", "off"), WithLab.class);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPageThatCantBeWrittenIsNoFailure() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        launch(Map.of("taplab.report", file.toString()), WithLab.class);

        assertThat(file).isEmptyFile();
    }

    @Test
    void withoutALauncherNobodyAsks() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(AsksInVain.class))
                .configurationParameter("junit.jupiter.conditions.deactivate", DISABLED)
                .execute()
                .testEvents()
                .assertStatistics(tests -> tests.succeeded(1));
    }

    static class HandsIn implements BeforeAllCallback, BeforeEachCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            ReportBuilder builder = ReportBuilder.in(context).orElseThrow();
            builder.fact("Docker 20.10.24");
            builder.of(context.getUniqueId()).phase("network", Duration.ofMillis(70));
            builder.of(context.getUniqueId()).evidence("start", "said");
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            ReportBuilder.in(context)
                    .orElseThrow()
                    .of(context.getUniqueId())
                    .evidence("name", context.getDisplayName());
        }
    }

    static final class HandsInForDynamicTests implements InvocationInterceptor {

        @Override
        public void interceptDynamicTest(
                Invocation<Void> invocation, DynamicTestInvocationContext dynamicTest, ExtensionContext context)
                throws Throwable {
            try {
                invocation.proceed();
            } catch (AssertionError e) {
                ReportBuilder.in(context)
                        .orElseThrow()
                        .of(context.getUniqueId())
                        .evidence("name", context.getDisplayName());
                throw e;
            }
        }
    }

    static final class HandsInForItsClass implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            ReportBuilder.in(context).orElseThrow().of(context.getUniqueId()).phase("network", Duration.ofMillis(70));
        }
    }

    static final class HandsInAttempts implements AfterTestExecutionCallback {

        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getDisplayName().equals("isFlaky()")) {
                ReportBuilder.in(context)
                        .orElseThrow()
                        .of(context.getUniqueId())
                        .evidence("attempt", "attempt " + Flaky.attempts);
            }
        }
    }

    static final class FindsNone implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            assertThat(ReportBuilder.in(context)).isEqualTo(Optional.empty());
        }
    }

    @Disabled("run by ReportListenerTests")
    @ExtendWith(HandsIn.class)
    @DisplayName("A class with a lab")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class WithLab {

        @Test
        @Order(1)
        void passes() {}

        @Test
        @Order(2)
        void fails() {
            throw new AssertionError("expected: refused\n  cause:    two nodes have it");
        }

        @Test
        @Order(3)
        void isAborted() {
            Assumptions.abort("Assumption failed: no netem");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        @Order(4)
        void isAsked(String first) {
            assertThat(first).isNotEmpty();
        }

        @Nested
        class Inside {

            @Test
            void passesToo() {}
        }
    }

    @Disabled("run by ReportListenerTests")
    @ExtendWith({HandsIn.class, HandsInForDynamicTests.class})
    static class WithFactory {

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.of(
                    dynamicTest("passes", () -> {}), dynamicTest("fails", () -> Assertions.fail("on purpose")));
        }
    }

    @Disabled("run by ReportListenerTests")
    @ExtendWith(HandsInForItsClass.class)
    static class WithSilentFactory {

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.of(dynamicTest("passes", () -> {}));
        }
    }

    @Disabled("run by ReportListenerTests")
    @ExtendWith(HandsIn.class)
    static class FailsBefore {

        @BeforeAll
        static void fails() {
            throw new IllegalStateException("no lab");
        }

        @Test
        void isNeverRun() {}
    }

    @Disabled("run by ReportListenerTests")
    @ExtendWith({HandsIn.class, HandsInAttempts.class})
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Flaky {

        private static int attempts;

        @Test
        void isFlaky() {
            attempts++;
            assertThat(attempts).isGreaterThan(1);
        }

        @Test
        void passesAtOnce() {}
    }

    @Disabled("run by ReportListenerTests")
    @ExtendWith(HandsIn.class)
    static class FailsTheSecondTime {

        private static int attempts;

        @BeforeAll
        static void failsTheSecondTime() {
            attempts++;
            assertThat(attempts).isOne();
        }

        @Test
        void fails() {
            Assertions.fail("on purpose");
        }
    }

    @Disabled("run by ReportListenerTests")
    static class AlsoWithoutLab {

        @Test
        void passes() {}
    }

    @Disabled("run by ReportListenerTests")
    static class WithoutLab {

        @Test
        void passes() {}
    }

    @Disabled("run by ReportListenerTests")
    @ExtendWith(FindsNone.class)
    static class AsksInVain {

        @Test
        void passes() {}
    }
}
