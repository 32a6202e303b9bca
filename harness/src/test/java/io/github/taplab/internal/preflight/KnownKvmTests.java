package io.github.taplab.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownKvmTests {

    private final Path folder;
    private final KnownKvm known;

    KnownKvmTests(@TempDir Path folder) {
        this.folder = folder;
        known = new KnownKvm(folder.resolve("cache").resolve("kvm-boot-image"));
    }

    @Test
    void isKeptWholeAndLeavesNothingBeside() throws Exception {
        assertThat(known.works()).isFalse();

        known.keep();

        assertThat(known.works()).isTrue();
        try (var files = Files.list(folder.resolve("cache"))) {
            assertThat(files).containsExactly(known.file());
        }
    }

    /** A full disk, a kill between creating and writing, and what an earlier version kept: a reason why not. */
    @Test
    void aDamagedFileSaysNothingAndIsMadeAgain() throws Exception {
        Files.createDirectories(known.file().getParent());
        for (String content : List.of("", "KVM", "KVM works", "KVM works\nand more", "guest did not reach userland")) {
            Files.writeString(known.file(), content);
            assertThat(known.works()).as(content).isFalse();
        }

        known.keep();

        assertThat(known.works()).isTrue();
    }

    @Test
    void whereNothingCanBeWrittenNothingIsKnown() throws Exception {
        Files.createFile(folder.resolve("cache"));

        assertThatThrownBy(known::keep).isInstanceOf(IOException.class);
        assertThat(known.works()).isFalse();
    }
}
