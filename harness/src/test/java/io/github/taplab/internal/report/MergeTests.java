package io.github.taplab.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.report.Material.Section;
import io.github.taplab.internal.timeline.Event.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTests {

    private final Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    MergeTests(@TempDir Path folder) {
        this.folder = folder;
    }

    private int merge(String out, String... pages) {
        return Merge.run(
                new PrintStream(told, true, StandardCharsets.UTF_8),
                folder.resolve(out),
                Stream.of(pages).map(folder::resolve).toList());
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    }

    @Test
    void aPageSaysAllOfItsRunAgain() throws IOException {
        RunReport run = SampleReport.run();

        assertThat(Inlined.read(Page.of(run))).isEqualTo(run);
    }

    @Test
    void pagesBecomeOneWithTheirEvidence() throws IOException {
        RunReport run = SampleReport.run();
        ReportFile.write(run, folder.resolve("a.html"));
        ReportFile.write(SampleReport.run().withClasses(List.of(SampleReport.green(3, 2))), folder.resolve("b.html"));

        assertThat(merge("all.html", "a.html", "b.html")).isZero();

        RunReport all = Inlined.read(Files.readString(folder.resolve("all.html")));
        assertThat(all.classes()).hasSize(5);
        assertThat(all.classes().get(4).run()).endsWith("b.html");
        assertThat(all.count(Verdict.PASSED)).isEqualTo(6);
        assertThat(all.classes().get(1).tests().get(1))
                .isEqualTo(run.classes().get(1).tests().get(1));
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsBesideAPageComesAlong() throws IOException {
        String text = "console ".repeat(5_000);
        Material material = new Material(List.of(), List.of(), List.of(new Section("console", text)), List.of());
        Path shard = Files.createDirectory(folder.resolve("shard"));
        ReportFile.write(
                SampleReport.run()
                        .withClasses(List.of(SampleReport.aClass("C", Verdict.PASSED, null, material, List.of()))),
                shard.resolve("report.html"));

        assertThat(merge("all.html", "shard/report.html")).isZero();
        assertThat(Inlined.read(Files.readString(folder.resolve("all.html")))
                        .classes()
                        .get(0)
                        .material()
                        .attachments())
                .singleElement()
                .satisfies(file -> assertThat(
                                file.isBeside()
                                        ? Files.readString(folder.resolve(file.file()))
                                        : new String(file.bytes(), StandardCharsets.UTF_8))
                        .isEqualTo(text));

        Files.delete(shard.resolve("report-files/c0-console.txt"));
        assertThat(merge("all.html", "shard/report.html")).isZero();
        assertThat(Files.readString(folder.resolve("all.html"))).contains("lost: it was no longer beside the page");
    }

    @Test
    void aPageMayNotNameFilesElsewhere() throws IOException {
        Files.writeString(folder.resolve("secret"), "key");
        Path shard = Files.createDirectory(folder.resolve("shard"));
        Material material = new Material(
                List.of(), List.of(), List.of(), List.of(new Attachment("a", "text/plain", "", "../secret", 3)));
        Files.writeString(
                shard.resolve("a.html"),
                Page.of(SampleReport.run()
                        .withClasses(List.of(SampleReport.aClass("C", Verdict.PASSED, null, material, List.of())))));

        assertThat(merge("all.html", "shard/a.html")).isOne();
        assertThat(told()).isEqualTo("shard/a.html can't be merged: it names a file that is not beside it\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html></html> | it is no page of Taplab's, or its end is missing",
                "'' | it is no page of Taplab's, or its end is missing",
                "<script type=\"application/x-taplab-report\">!!</script> | what it says of its run is damaged",
                "<script type=\"application/x-taplab-report\">aGFsbG8=</script> | what it says of its run is damaged",
            })
    void aDamagedPageGetsASentence(String html, String why) throws IOException {
        Files.writeString(folder.resolve("a.html"), html);

        assertThat(merge("all.html", "a.html")).isOne();
        assertThat(told()).isEqualTo("a.html can't be merged: " + why + "\n");
        assertThat(folder.resolve("all.html")).doesNotExist();
    }

    @Test
    void soDoesOneThatIsCutOffOrHasLostAFileOrIsNotThere() throws IOException {
        String whole = Page.of(SampleReport.run());
        Files.writeString(folder.resolve("cut.html"), whole.substring(0, whole.length() - 200));
        Files.writeString(
                folder.resolve("lost.html"), whole.replace("bm90IHJlYWxseSBwYWNrZXRz", "bm90IHJlYWxseSBwYWNrZXR0"));

        assertThat(merge("all.html", "cut.html", "lost.html", "none.html")).isOne();
        assertThat(told()).isEqualTo("""
                        cut.html can't be merged: it is no page of Taplab's, or its end is missing
                        lost.html can't be merged: its file lab.pcapng is damaged
                        none.html is not there
                        """);
    }

    @Test
    void whatIsLeftOutInTheDataIsEmpty() throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(json)) {
            out.write("{\"began\":\"2026-11-28T20:15:00Z\",\"took\":\"PT1S\",\"withoutLab\":0,\"further\":1}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        RunReport report = ReportJson.read(Base64.getEncoder().encodeToString(json.toByteArray()));

        assertThat(report.classes()).isEmpty();
        assertThat(report.title()).isEmpty();
    }

    @Test
    void aFolderIsAllPagesOfItsRun() throws IOException {
        Path shard = Files.createDirectory(folder.resolve("shard"));
        for (String name : List.of("report.html", "report-2.html")) {
            ReportFile.write(SampleReport.run().withClasses(List.of(SampleReport.green(3, 2))), shard.resolve(name));
        }
        Files.writeString(shard.resolve("other.html"), "no page");

        assertThat(merge("all.html", "shard")).isZero();

        assertThat(Inlined.read(Files.readString(folder.resolve("all.html"))).classes())
                .extracting(one -> one.run().replace(folder + "/", ""))
                .containsExactly("shard/report-2.html", "shard/report.html");
        assertThat(told()).isEmpty();
    }

    @Test
    void aFolderWithoutPagesGetsASentence() throws IOException {
        Files.createDirectory(folder.resolve("shard"));

        assertThat(merge("all.html", "shard")).isOne();
        assertThat(told()).isEqualTo("shard has no report.html\n");
        assertThat(folder.resolve("all.html")).doesNotExist();
    }
}
