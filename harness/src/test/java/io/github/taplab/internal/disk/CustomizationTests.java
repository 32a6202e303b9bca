package io.github.taplab.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.spec.CustomizeSpec;
import io.github.taplab.spec.GuestFileSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomizationTests {

    private static final DiskImage BASE = DiskImage.of("taplab-base", "qcow2", "ba5e");
    private static final CustomizeSpec CHANGES = CustomizeSpec.builder()
            .rootPassword("s3cret")
            .files(List.of(
                    GuestFileSpec.builder("/etc/motd", "hello").mode("0644").build(),
                    GuestFileSpec.builder("/top", "x").mode("0600").build()))
            .commands(List.of("echo a | tee /b"))
            .build();

    @Test
    void whatVirtCustomizeIsTold() {
        assertThat(new Customization(BASE, CHANGES).command("/o.qcow2"))
                .containsExactly(
                        "/usr/lib/taplab/customize",
                        "--quiet",
                        "--no-network",
                        "--format",
                        "qcow2",
                        "-a",
                        "/o.qcow2",
                        "--root-password",
                        "file:/tmp/taplab-customize/root-password",
                        "--mkdir",
                        "/etc",
                        "--upload",
                        "/tmp/taplab-customize/0:/etc/motd",
                        "--chmod",
                        "0644:/etc/motd",
                        "--upload",
                        "/tmp/taplab-customize/1:/top",
                        "--chmod",
                        "0600:/top",
                        "--run-command",
                        "echo a | tee /b");
    }

    @Test
    void noPasswordIsOnACommandLine() {
        Customization change = new Customization(BASE, CHANGES);

        assertThat(change.command("/o.qcow2")).noneMatch(word -> word.contains("s3cret"));
        assertThat(change.files()).containsEntry("root-password", "s3cret").containsEntry("0", "hello");
    }

    @Test
    void theVolumeIsNamedByTheImageAndAllChanges() {
        String volume = new Customization(BASE, CHANGES).volume();

        assertThat(volume)
                .matches("taplab-customized-[0-9a-f]{16}")
                .isEqualTo(new Customization(BASE, CHANGES).volume())
                .isNotEqualTo(new Customization(DiskImage.of("other", "qcow2", "0"), CHANGES).volume())
                .isNotEqualTo(new Customization(DiskImage.of("taplab-base", "qcow2", "1"), CHANGES).volume())
                .isNotEqualTo(new Customization(
                                BASE,
                                CustomizeSpec.builder()
                                        .rootPassword("other")
                                        .files(CHANGES.files())
                                        .commands(CHANGES.commands())
                                        .build())
                        .volume())
                .isNotEqualTo(new Customization(
                                BASE,
                                CustomizeSpec.builder()
                                        .rootPassword(CHANGES.rootPassword().orElseThrow())
                                        .commands(CHANGES.commands())
                                        .build())
                        .volume())
                .isNotEqualTo(new Customization(
                                BASE,
                                CustomizeSpec.builder()
                                        .rootPassword(CHANGES.rootPassword().orElseThrow())
                                        .files(CHANGES.files())
                                        .build())
                        .volume());
    }

    @Test
    void theVolumeIsNamedByWhatNoTextShowsToo() {
        assertThat(volume("s3cret", "one"))
                .isNotEqualTo(volume("s3cres", "one"))
                .isNotEqualTo(volume("s3cret", "two"));
    }

    private static String volume(String password, String content) {
        GuestFileSpec file =
                GuestFileSpec.builder("/etc/motd", content).mode("0644").build();
        return new Customization(
                        BASE,
                        CustomizeSpec.builder()
                                .rootPassword(password)
                                .files(List.of(file))
                                .build())
                .volume();
    }

    @Test
    void anOverlayNeedsItsBasesVolumesToo() {
        DiskImage overlay = DiskImage.of("taplab-customized-1", "qcow2", "c0de").basedOn(BASE);

        assertThat(overlay.path()).isEqualTo("/var/lib/taplab/disks/taplab-customized-1/image");
        assertThat(overlay.digest()).isEqualTo("c0de on ba5e");
        assertThat(overlay.volumes())
                .extracting(mount -> mount.volume() + " " + mount.readOnly())
                .containsExactly("taplab-customized-1 true", "taplab-base true");
    }
}
