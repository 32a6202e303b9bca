package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageNameTests {

    @ParameterizedTest
    @CsvSource({"1, report.html", "2, report-2.html", "17, report-17.html", "../x, report.html"})
    void eachForkOfSurefireHasItsOwn(String fork, String page) {
        assertThat(PageName.of(new HashMap<>(Map.of("surefire.forkNumber", fork))::get))
                .isEqualTo(page);
    }

    @Test
    void withoutForksThereIsOne() {
        assertThat(PageName.of(unused -> null)).isEqualTo("report.html");
    }
}
