package io.github.taplab.internal.guestimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.internal.guestimage.KnownImage.CpuLevel;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.ImageSource.Known;
import io.github.taplab.spec.InvalidSpecException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KnownImagesTests {

    private static final KnownImages IMAGES = KnownImages.read();
    private static final String FORMS = ", must be one of almalinux-9, alpine-3.24, centos-stream-10, centos-stream-9,"
            + " debian-12, debian-13, debian-cloud, fedora-44, ubuntu-22.04, ubuntu-24.04,"
            + " an https:// or file:/// URL with its checksum, or a path with a slash";

    static Stream<KnownImage> images() {
        return IMAGES.all().stream();
    }

    @ParameterizedTest
    @MethodSource("images")
    void everyImageIsARelease(KnownImage image) {
        assertThat(image.name()).matches("[a-z][a-z0-9.-]*");
        assertThat(ImageSource.of(image.name(), "")).isEqualTo(new Known(image.name()));
        assertThat(image.source().uri()).hasScheme("https").hasNoQuery().hasNoFragment();
        assertThat(image.source().uri().getPath()).matches("/.*\\.(qcow2|img)").doesNotContain("latest", "current");
        assertThat(image.user()).matches("[a-z][a-z-]*");
        assertThat(image.firmware()).isNotEmpty();
        assertThat(image.digestFrom()).isNotBlank();
        assertThat(image.seen()).isEqualTo("not run");
    }

    @Test
    void noTwoAreTheSame() {
        assertThat(IMAGES.all()).hasSize(9);
        assertThat(IMAGES.names()).hasSize(10).doesNotHaveDuplicates();
        assertThat(IMAGES.all().stream().map(image -> image.source().uri())).doesNotHaveDuplicates();
        assertThat(IMAGES.all().stream().map(image -> image.source().digest())).doesNotHaveDuplicates();
    }

    @Test
    void anEntryIsReadWhole() {
        assertThat(IMAGES.get(new Known("centos-stream-10")))
                .isEqualTo(new KnownImage(
                        "centos-stream-10",
                        (ImageSource.Remote) ImageSource.of(
                                "https://cloud.centos.org/centos/10-stream/x86_64/images/"
                                        + "CentOS-Stream-GenericCloud-10-20251103.0.x86_64.qcow2",
                                "30fa4347fb45ce0b92ef775ed646a7bec14a4d0ce19f5e171589e5780cb04912"),
                        "lima-vm/lima, templates/_images/centos-stream-10.yaml",
                        "cloud-user",
                        true,
                        Set.of(Firmware.BIOS),
                        CpuLevel.V3,
                        "",
                        "not run"));
    }

    @ParameterizedTest
    @CsvSource({
        "debian12, debian-12",
        "Debian-12, debian-12",
        "ubuntu-24.4, ubuntu-24.04",
        "fedora, fedora-44",
        "debian-clod, debian-cloud"
    })
    void aTypoIsRecognized(String name, String meant) {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> IMAGES.check(new Known(name)))
                .withMessage(
                        "image = \"" + name + "\" is no image that Taplab knows (did you mean " + meant + "?)" + FORMS);
    }

    @Test
    void anotherNameIsRefusedWithTheList() {
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> IMAGES.get(new Known("windows-server")))
                .withMessage("image = \"windows-server\" is no image that Taplab knows" + FORMS);
    }

    @Test
    void theNameOfTheOwnImageIsTaken() {
        Known own = new Known(KnownImages.MADE_BY_TAPLAB);

        assertThatCode(() -> IMAGES.check(own)).doesNotThrowAnyException();
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> IMAGES.get(own))
                .withMessage("image = \"debian-cloud\" is made, not fetched");
    }

    @Test
    void onlyNamesAreChecked() {
        for (ImageSource source : List.of(
                ImageSource.of("/images/windows", ""),
                ImageSource.of("https://images.example/windows", "0123cdef".repeat(8)))) {
            assertThatCode(() -> IMAGES.check(source)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, '', 3",
        "'', abc, 3",
        "abc, abd, 1",
        "abc, ac, 1",
        "kitten, sitting, 3"
    })
    void typingErrorsAreCounted(String one, String other, int errors) {
        assertThat(KnownImages.typingErrors(one, other)).isEqualTo(errors);
    }
}
