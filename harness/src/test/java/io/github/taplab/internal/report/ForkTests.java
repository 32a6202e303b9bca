package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Surefire 3.5.5 tells its JVMs. */
class ForkTests {

    private static final String COMMAND = "/x/target/surefire/surefirebooter-20261129010237644_3.jar /x/target/surefire"
            + " 2026-11-29T01-02-27_298-jvmRun%s surefire-20261129010237644_1tmp surefire_0-20261129010237644_2tmp";

    @ParameterizedTest
    @CsvSource({"1, report.html", "2, report-2.html", "17, report-17.html"})
    void eachOfThoseSideBySideHasAPageOfItsOwn(String number, String page) {
        Fork fork = Fork.of(COMMAND.formatted(number));

        assertThat(fork.run()).isEqualTo("2026-11-29T01-02-27_298");
        assertThat(fork.page()).isEqualTo(page);
    }

    @Test
    void otherJvmsAreAlone() {
        assertThat(Fork.of(null)).isEqualTo(Fork.NONE);
        assertThat(Fork.of("org.junit.platform.console.ConsoleLauncher execute"))
                .isEqualTo(Fork.NONE);
        assertThat(Fork.of("worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Test Executor 1'"))
                .isEqualTo(Fork.NONE);
        assertThat(Fork.NONE.page()).isEqualTo("report.html");
    }
}
