package io.github.taplab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PublicApiTests {

    private static final Path PAGE = Path.of("API.md");
    private static final Path MADE = Path.of("target", "API.md");

    @Test
    void thePageSaysWhatUsersCanCompileAgainst() throws IOException {
        String api = PublicApi.of(ArchitectureTests.PUBLIC);
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, api);

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as(
                        "the public API has changed: see what, and if it is meant, copy harness/target/API.md to harness/API.md")
                .isEqualTo(api);
    }
}
