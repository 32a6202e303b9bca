package io.github.taplab.internal.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.taplab.internal.config.SettingSource;
import io.github.taplab.internal.report.GivenPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class ShardFilterTests {

    private static final List<Class<?>> CASES =
            List.of(PlainCase.class, OuterCase.class, FirstHeirCase.class, SecondHeirCase.class, InvokedCase.class);

    private final Path folder;

    ShardFilterTests(@TempDir Path folder) {
        this.folder = folder;
    }

    private static ShardFilter filter(Map<String, String> settings) {
        return new ShardFilter(SettingSource.of(name -> Optional.ofNullable(settings.get(name))));
    }

    /** The tests that a shard runs, each as often as it does. */
    private static List<String> run(ShardFilter filter, List<Class<?>> classes) {
        List<String> ran = new ArrayList<>();
        LauncherFactory.create(LauncherConfig.builder()
                        .enablePostDiscoveryFilterAutoRegistration(false)
                        .enableLauncherSessionListenerAutoRegistration(false)
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(classes.stream()
                                        .map(DiscoverySelectors::selectClass)
                                        .toArray(DiscoverySelector[]::new))
                                .filters(EngineFilter.includeEngines("junit-jupiter"), filter)
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionStarted(TestIdentifier part) {
                                if (part.isTest()) {
                                    ran.add(part.getUniqueId());
                                }
                            }
                        });
        return ran;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void allShardsTogetherRunEachTestOnce(int count) {
        List<String> whole = run(filter(Map.of()), CASES);
        List<List<String>> shards = IntStream.rangeClosed(1, count)
                .mapToObj(number -> run(filter(Map.of("taplab.shard", number + "/" + count)), CASES))
                .toList();

        assertThat(whole).hasSize(1 + 3 + 2 + 2 + 4);
        assertThat(shards.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(whole);
        // All in one shard would be no share.
        assertThat(shards.stream().filter(shard -> !shard.isEmpty()).count()).isGreaterThan(count > 1 ? 1 : 0);
    }

    /** Surefire looks at each class alone to see whether it has tests, and then at all of them. */
    @Test
    void aClassAloneIsOfTheSameShardAsAmongOthers() {
        for (int number = 1; number <= 3; number++) {
            ShardFilter filter = filter(Map.of("taplab.shard", number + "/3"));

            assertThat(CASES.stream().flatMap(each -> run(filter, List.of(each)).stream()))
                    .containsExactlyInAnyOrderElementsOf(run(filter, CASES));
        }
    }

    @Test
    void withThePageOfAnEarlierRunItsTimesCount() throws IOException {
        Path page = folder.resolve("report.html");
        GivenPage.write(
                page,
                Map.of(
                        PlainCase.class.getName(), Duration.ofSeconds(9),
                        OuterCase.class.getName(), Duration.ofSeconds(5),
                        InvokedCase.class.getName(), Duration.ofSeconds(4)));
        List<Class<?>> known = List.of(PlainCase.class, OuterCase.class, InvokedCase.class);

        assertThat(run(filter(Map.of("taplab.shard", "1/2", "taplab.shard.report", page.toString())), known))
                .isEqualTo(run(filter(Map.of()), List.of(PlainCase.class)));
        assertThat(run(filter(Map.of("taplab.shard", "2/2", "taplab.shard.report", page.toString())), known))
                .isEqualTo(run(filter(Map.of()), List.of(OuterCase.class, InvokedCase.class)));
    }

    @Test
    void aRunInOnePieceReadsNoEarlierPage() {
        assertThat(run(filter(Map.of("taplab.shard.report", "no/such.html")), CASES))
                .isEqualTo(run(filter(Map.of()), CASES));
    }

    @Test
    void aShareThatIsNoneEndsTheRun() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(filter(Map.of("taplab.shard", "9/5")), CASES))
                .withMessageStartingWith("taplab.shard is a share of a run such as 2/5");
    }

    @Test
    void aPageThatIsNotThereEndsTheRun() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> run(filter(Map.of("taplab.shard", "1/2", "taplab.shard.report", "no/such.html")), CASES))
                .withMessage("taplab.shard.report is the page of an earlier run, and \"no/such.html\" is not there");
    }

    @Test
    void aPageThatIsNoneEndsTheRun() throws IOException {
        Path page = Files.writeString(folder.resolve("page.html"), "<html></html>");

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> run(filter(Map.of("taplab.shard", "1/2", "taplab.shard.report", page.toString())), CASES))
                .withMessage(
                        "taplab.shard.report is the page of an earlier run, and \"%s\" can't be read:"
                                + " it is no page of Taplab's, or its end is missing",
                        page);
    }
}

class PlainCase {

    @Test
    void one() {}
}

class OuterCase {

    @Test
    void one() {}

    @Nested
    class Inner {

        @Test
        void one() {}

        @Nested
        class Innermost {

            @Test
            void one() {}
        }
    }
}

abstract class AncestorCase {

    @Test
    void inherited() {}
}

class FirstHeirCase extends AncestorCase {

    @Test
    void own() {}
}

class SecondHeirCase extends AncestorCase {

    @Test
    void own() {}
}

/** A class template, of two invocations. */
@ParameterizedClass
@ValueSource(ints = {1, 2})
record InvokedCase(int number) {

    @RepeatedTest(2)
    void repeated() {}
}
