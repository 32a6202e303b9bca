package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JVMs of one run find of each other's pages, and of those of earlier runs. */
class ForkPagesTests {

    private static final String TODAY = "2026-11-29T01-02-27_298";
    private static final String YESTERDAY = "2026-11-28T01-02-27_298";

    private final Path folder;

    ForkPagesTests(@TempDir Path folder) {
        this.folder = folder;
    }

    private ForkPages pages(String run, int number) {
        return new ForkPages(folder, new Fork(run, number));
    }

    private static RunReport run(String build) {
        RunReport told = SampleReport.run();
        return new RunReport(
                told.title(), told.began(), told.took(), told.machine(), told.withoutLab(), told.classes(), build);
    }

    /** What another JVM tells that has had other classes. */
    private static RunReport ofOtherClasses(String build) {
        RunReport told = run(build);
        return told.withClasses(told.classes().stream()
                .map(one -> new ClassReport(
                        one.id() + "[other]",
                        one.name(),
                        one.className(),
                        one.run(),
                        one.verdict(),
                        one.began(),
                        one.took(),
                        one.reason(),
                        one.phases(),
                        one.failure(),
                        one.material(),
                        one.tests()))
                .toList());
    }

    private static List<String> ids(RunReport told) {
        return told.classes().stream().map(ClassReport::id).toList();
    }

    private void write(String run, int number) throws IOException {
        ReportFile.write(run(run), pages(run, number).own());
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theFirstJvmFindsNothing() {
        assertThat(pages(TODAY, 1).earlier()).isEmpty();
    }

    @Test
    void theNextJvmOfTheRunGoesOnWithAllOfIt() throws IOException {
        write(TODAY, 1);

        RunReport earlier = pages(TODAY, 1).earlier().orElseThrow();

        assertThat(earlier.build()).isEqualTo(TODAY);
        assertThat(earlier.classes()).extracting(ClassReport::id).isEqualTo(ids(run(TODAY)));
        RunReport both = ofOtherClasses(TODAY).after(earlier);
        assertThat(both.build()).isEqualTo(TODAY);
        assertThat(ids(both))
                .hasSize(2 * ids(earlier).size())
                .startsWith(ids(earlier).toArray(String[]::new));
        assertThat(both.took()).isEqualTo(earlier.took().multipliedBy(2));
        assertThat(both.withoutLab()).isEqualTo(24);
        assertThat(both.machine()).isEqualTo(earlier.machine());
        assertThat(both.classes()).allSatisfy(one -> assertThat(one.run()).isEmpty());
    }

    /**
     * Surefire before 3.5.4 has a session for each plan, also for that of a rerun, which finds the page of the first.
     */
    @Test
    void aClassThatIsRunAgainIsThereOnce() {
        RunReport first = run(TODAY);

        RunReport both = run(TODAY).after(first);

        assertThat(ids(both)).isEqualTo(ids(first));
        assertThat(both.classes().get(0).tests())
                .isEqualTo(first.classes().get(0).tests());
        assertThat(both.classes().get(0).took())
                .isEqualTo(first.classes().get(0).took().multipliedBy(2));
    }

    @Test
    void aPageOfAnotherRunIsNotGoneOnWith() throws IOException {
        write(YESTERDAY, 1);

        assertThat(pages(TODAY, 1).earlier()).isEmpty();
        assertThat(pages("", 1).earlier()).isEmpty();
    }

    @Test
    void whereNobodyKnowsTheRunNothingIsGoneOnWith() throws IOException {
        write("", 1);

        assertThat(pages("", 1).earlier()).isEmpty();
    }

    @Test
    void pagesOfAnEarlierRunThatHadMoreJvmsGo() throws IOException {
        write(YESTERDAY, 1);
        write(YESTERDAY, 2);
        write(TODAY, 3);
        Files.writeString(folder.resolve("report-4.html"), "somebody else's");

        pages(TODAY, 1).clear();

        assertThat(files())
                .contains("report.html", "report-3.html", "report-4.html")
                .doesNotContain("report-2.html");
        assertThat(files()).noneMatch(name -> name.startsWith("report-2"));
    }

    @Test
    void aDamagedPageIsNoReasonToFail() throws IOException {
        Files.writeString(folder.resolve("report.html"), "<html>");

        assertThat(pages(TODAY, 1).earlier()).isEmpty();
    }
}
