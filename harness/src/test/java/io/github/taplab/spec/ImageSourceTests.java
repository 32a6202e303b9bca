package io.github.taplab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSourceTests {

    private static final String SHA256 = "0123cdef".repeat(8);
    private static final Digest DIGEST = Digest.of(SHA256);

    @Test
    void aNameIsAKnownImage() {
        assertThat(ImageSource.of("debian-12", ""))
                .isEqualTo(new ImageSource.Known("debian-12"))
                .hasToString("debian-12");
    }

    @Test
    void anHttpsUrlIsFetched() {
        assertThat(ImageSource.of("https://images.example/a.qcow2", SHA256))
                .isEqualTo(new ImageSource.Remote(URI.create("https://images.example/a.qcow2"), DIGEST))
                .hasToString("https://images.example/a.qcow2");
        assertThat(ImageSource.of("HTTPS://images.example/a", "0123cdef".repeat(16)))
                .isInstanceOf(ImageSource.Remote.class);
    }

    @Test
    void aFileUrlIsAFileWithADigest() {
        assertThat(ImageSource.of("file:///images/a%20b.qcow2", SHA256))
                .isEqualTo(new ImageSource.Local(Path.of("/images/a b.qcow2"), Optional.of(DIGEST)))
                .hasToString("/images/a b.qcow2");
        assertThat(ImageSource.of("file:/images/a", SHA256))
                .isEqualTo(new ImageSource.Local(Path.of("/images/a"), Optional.of(DIGEST)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/images/debian", "images/debian", "./debian", "debian.qcow2", "debian.IMG", "debian.raw"})
    void aSlashOrTheEndingOfAnImageMakesAPath(String image) {
        assertThat(ImageSource.of(image, "")).isEqualTo(new ImageSource.Local(Path.of(image), Optional.empty()));
        assertThat(ImageSource.of(image, SHA256)).isEqualTo(new ImageSource.Local(Path.of(image), Optional.of(DIGEST)));
    }

    @Test
    void saysAllThatIsWrong() {
        assertThatProblems("http://images.example/a.qcow2", "latest")
                .containsExactly(
                        "checksum = \"latest\" is no digest: 64 hexadecimal digits (SHA-256) or 128 (SHA-512),"
                                + " found something else between them",
                        "image = \"http://images.example/a.qcow2\" is http, must be https,"
                                + " or file for an image that is on this machine");
        assertThatProblems("https://images.example/a b", "")
                .containsExactly(
                        "image = \"https://images.example/a b\" is a URL and needs its checksum: what is there may change",
                        "image = \"https://images.example/a b\" is no URL: illegal character in path at position 25");
        assertThatProblems("debian-12", "abc")
                .containsExactly(
                        "checksum = \"abc\" is no digest: 64 hexadecimal digits (SHA-256) or 128 (SHA-512), found 3 of them",
                        "checksum with image = \"debian-12\": a known image brings its own,"
                                + " another one is given by its URL");
    }

    private static ListAssert<String> assertThatProblems(String image, String checksum) {
        InvalidSpecException refused =
                catchThrowableOfType(InvalidSpecException.class, () -> ImageSource.of(image, checksum));
        return assertThat(refused.problems());
    }
}
