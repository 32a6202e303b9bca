package io.github.taplab.internal.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HoldFileTests {

    /** As it is pasted: with nothing that keeps a shell from reading it. */
    @Test
    void theFileOfANestedClassIsRemovedByAShell() throws IOException, InterruptedException {
        try (HoldFile file = HoldFile.make("OuterTests$Inner")) {
            Process shell = new ProcessBuilder("sh", "-c", "rm " + file.path())
                    .inheritIO()
                    .start();

            assertThat(shell.waitFor()).isZero();
            assertThat(file.removed()).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
        }
    }
}
