package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.report.Material.Section;
import io.github.taplab.internal.timeline.Event.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTests {

    private final Path folder;
    private final Path page;

    BudgetTests(@TempDir Path folder) {
        this.folder = folder;
        page = folder.resolve("report.html");
    }

    /** Text that hardly compresses, since a page has all text once more as data. */
    private static String noise(int characters) {
        Random random = new Random(characters);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return text.toString();
    }

    private long written(ClassReport... classes) throws IOException {
        ReportFile.write(SampleReport.run().withClasses(List.of(classes)), page);
        return Files.size(page);
    }

    private static Material material(int steps, int each, Section... sections) {
        return new Material(
                IntStream.range(0, steps)
                        .mapToObj(i -> SampleReport.step(3 * i, "client", "call " + i, noise(each + i), false))
                        .toList(),
                List.of(),
                List.of(sections),
                List.of());
    }

    @Test
    void aGreenClassOfTenMethodsTakes300kBAtMost() throws IOException {
        List<TestReport> tests = IntStream.range(0, 10)
                .mapToObj(i -> SampleReport.test(
                        "test " + i, Verdict.PASSED, null, material(200, 700, new Section("console", noise(15_000)))))
                .toList();

        assertThat(written(SampleReport.aClass("C", Verdict.PASSED, null, material(100, 500), tests)))
                .isBetween(100_000L, 300_000L);
        assertThat(Files.readString(folder.resolve("report-files/c0t3-steps.txt")))
                .contains("call 0\n", "call 199\n");
        assertThat(Files.readString(page)).contains("href=\"./report-files/c0t3-steps.txt\"", "beside this page");
    }

    @Test
    void aGreenClassAsItIsTakesLess() throws IOException {
        assertThat(written(SampleReport.green(10, 6))).isLessThan(150_000);
        assertThat(folder.resolve("report-files")).doesNotExist();
    }

    @Test
    void evidenceOfFailuresTakes5MBAtMost() throws IOException {
        byte[] capture = new byte[1_500_000];
        new Random(1).nextBytes(capture);
        Material evidence = new Material(
                List.of(),
                List.of(),
                List.of(new Section("console", noise(900_000))),
                List.of(Attachment.of("lab.pcapng", "application/x-pcapng", capture)));
        List<TestReport> tests = IntStream.range(0, 3)
                .mapToObj(i -> SampleReport.test("test " + i, Verdict.FAILED, null, evidence))
                .toList();

        assertThat(written(SampleReport.aClass("C", Verdict.FAILED, null, Material.NONE, tests)))
                .isBetween(4_000_000L, 5_100_000L);
        assertThat(Files.readString(page))
                .contains(noise(900_000)
                        .substring(0, 20)
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;"));
        assertThat(Files.readAllBytes(folder.resolve("report-files/c0t2-lab.pcapng")))
                .isEqualTo(capture);
    }

    @Test
    void aLongResultIsCutAndInFullInAFile() throws IOException {
        Material material = new Material(
                List.of(SampleReport.step(0, "client", "sh(dmesg)", "line\n".repeat(5_000) + "end", true)),
                List.of(),
                List.of(),
                List.of());

        written(SampleReport.aClass(
                "C",
                Verdict.FAILED,
                null,
                Material.NONE,
                List.of(SampleReport.test("t", Verdict.FAILED, null, material))));

        assertThat(Files.readString(page)).contains("… and 21003 characters more");
        assertThat(Files.readString(folder.resolve("report-files/c0t0-steps.txt")))
                .contains("sh(dmesg) failed")
                .contains("end");
    }

    @Test
    void filesOfTheRunBeforeGoAndThoseOfOthersStay() throws IOException {
        Path files = Files.createDirectory(folder.resolve("report-files"));
        Files.writeString(files.resolve("c7t1-console.txt"), "old");
        Files.writeString(files.resolve("notes.txt"), "mine");

        written(SampleReport.green(1, 1));

        assertThat(files).isDirectoryNotContaining("glob:**c7t1*").isDirectoryContaining("glob:**notes.txt");
    }

    @Test
    void twoFilesOfOneNameAreTwo() throws IOException {
        String text = noise(30_000);
        Material material = new Material(
                List.of(),
                List.of(),
                List.of(new Section("log", text), new Section("log", "other " + text)),
                List.of());

        written(SampleReport.aClass("C", Verdict.PASSED, null, material, List.of()));

        assertThat(Files.readString(folder.resolve("report-files/c0-log.txt"))).isEqualTo(text);
        assertThat(Files.readString(folder.resolve("report-files/c0-2-log.txt"), StandardCharsets.UTF_8))
                .startsWith("other ");
    }
}
