package io.github.taplab.internal.report;

import io.github.taplab.internal.timeline.Event.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The page of a run of which nothing is told but how long its classes took. */
public final class GivenPage {

    private GivenPage() {}

    public static void write(Path page, Map<String, Duration> times) throws IOException {
        List<ClassReport> classes = times.entrySet().stream()
                .map(each -> new ClassReport(
                        "[class:%s]".formatted(each.getKey()),
                        each.getKey(),
                        each.getKey(),
                        "",
                        Verdict.PASSED,
                        SampleReport.BEGAN,
                        each.getValue(),
                        "",
                        List.of(),
                        null,
                        Material.NONE,
                        List.of()))
                .toList();
        ReportFile.write(
                new RunReport("earlier", SampleReport.BEGAN, Duration.ofMinutes(1), "JDK 17, 2 cores", 0, classes, ""),
                page);
    }
}
