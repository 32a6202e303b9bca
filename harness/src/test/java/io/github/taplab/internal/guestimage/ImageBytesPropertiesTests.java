package io.github.taplab.internal.guestimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.taplab.Garbage;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a file begins with and a server answers. */
class ImageBytesPropertiesTests {

    @Property(tries = 1_000)
    void aFileIsADiskOrNone(@ForAll byte[] head, @ForAll @IntRange(min = 0, max = 5) int magic, @ForAll long size) {
        byte[] magics = List.of("", "QFI\u00fb\0\0\0\2", "QFI\u00fb\0\0\0\3", "<html", "\u001f\u008b", "KDMV")
                .get(magic)
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] bytes = ByteBuffer.allocate(magics.length + head.length)
                .put(magics)
                .put(head)
                .array();

        Throwable thrown = catchThrowable(() -> DiskHead.read("image", bytes, size));
        if (thrown != null) {
            assertThat(thrown).isExactlyInstanceOf(WrongImageException.class);
        }
    }

    @Property
    void anAnswerIsOneOfFive(
            @ForAll @IntRange(min = 100, max = 599) int status,
            @ForAll("values") String length,
            @ForAll("values") String range) {
        HttpHeaders headers = headers(length, range);

        assertThat(Answer.of(status, headers).first()).isGreaterThanOrEqualTo(-1);
        assertThat(Answer.of(status, headers).words(headers)).isNotBlank();
    }

    /** Found: a NumberFormatException. */
    @Example
    void aLengthThatIsNoNumberIsNone() {
        assertThat(Answer.of(200, headers("plenty", "")).total()).isEmpty();
        assertThat(Answer.of(200, headers("-1", "")).total()).isEmpty();
        assertThat(Answer.of(200, headers("700", "")).total()).hasValue(700);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Garbage.text(), Garbage.mutated("bytes 100-199/200", "bytes */200", "12345", "99999999999999999999"));
    }

    private static HttpHeaders headers(String length, String range) {
        return HttpHeaders.of(
                Map.of("Content-Length", List.of(length), "Content-Range", List.of(range)), (name, value) -> true);
    }
}
