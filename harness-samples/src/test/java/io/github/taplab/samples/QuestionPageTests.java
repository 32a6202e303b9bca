package io.github.taplab.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionPageTests {

    private static final List<SampleSource> SAMPLES =
            SampleSource.specsUnder(Path.of("src/test/java/io/github/taplab/samples"));
    private static final Path README = Path.of("../README.md");
    private static final Path MADE = Path.of("target", "questions.md");

    @Test
    void theReadmeHasTheQuestionsOfTheSpecs() throws IOException {
        String questions = QuestionPage.of(SAMPLES);
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, questions);

        assertThat(Files.readString(README))
                .as("the specs answer something else than README.md says: copy harness-samples/%s there", MADE)
                .contains(questions);
    }

    @Test
    void eachQuestionIsOneAndHasItsAnswer() {
        assertThat(SAMPLES.stream().flatMap(QuestionPage::questionsOf))
                .isNotEmpty()
                .allSatisfy(question -> {
                    assertThat(question.value()).matches("[A-Z].*\\?").doesNotContain("|");
                    assertThat(question.answer()).matches("\\S.*[^.]").doesNotContain("|");
                    assertThat(question.asked()).allMatch(thread -> thread.startsWith("https://"));
                });
    }

    @Test
    void aThreadIsNamedAsItsTrackerDoes() {
        assertThat(QuestionPage.name("https://github.com/kubevirt/kubevirt/issues/5912"))
                .isEqualTo("kubevirt#5912");
        assertThat(QuestionPage.name("https://bugs.launchpad.net/neutron/+bug/1480979"))
                .isEqualTo("neutron#1480979");
        assertThat(QuestionPage.name("https://wiki.libvirt.org/Macvtap.html")).isEqualTo("wiki.libvirt.org");
    }
}
