package io.github.taplab.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.docker.Archive;
import io.github.taplab.spec.CustomizeSpec;
import io.github.taplab.spec.GuestFileSpec;
import io.github.taplab.spec.SeedSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Whatever a seed says, the guest is told that and nothing else. */
class SeedPropertiesTests {

    @Property
    void everyValueIsReadBack(@ForAll String password, @ForAll String content, @ForAll String command)
            throws IOException {
        Assume.that(!password.isBlank() && password.chars().noneMatch(Character::isISOControl));
        Assume.that(!command.isBlank() && command.indexOf(0) < 0);
        SeedSpec seed = SeedSpec.builder()
                .user("alice")
                .password(password)
                .keys(List.of("ssh-ed25519 AAAA \"a'b: #{"))
                .files(List.of(
                        GuestFileSpec.builder("/etc/motd", content).mode("0644").build()))
                .commands(List.of(command))
                .build();

        String text = SeedFiles.of("guest", seed, List.of()).get("user-data");
        JsonNode data =
                JsonMapper.builder().build().readTree(String.valueOf(text).substring("#cloud-config\n".length()));

        assertThat(text).startsWith("#cloud-config\n");
        assertThat(data.fieldNames())
                .toIterable()
                .containsExactly("disable_root", "users", "chpasswd", "write_files", "runcmd");
        assertThat(data.at("/chpasswd/users/0/password").asText()).isEqualTo(password);
        assertThat(data.at("/write_files/0/content").asText()).isEqualTo(content);
        assertThat(data.at("/runcmd/0").asText()).isEqualTo(command);
        assertThat(data.path("runcmd")).hasSize(1);
    }

    @Property
    void anArchiveHasTheFilesThatItWasGiven(@ForAll String content) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(Archive.ofTexts("seed/", Map.of("user-data", content)))) {
            assertThat(tar.getNextEntry().getName()).isEqualTo("seed/user-data");
            assertThat(tar.readAllBytes()).isEqualTo(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(tar.getNextEntry()).isNull();
        }
    }

    @Property
    void ofChangesNoValueIsAnOption(@ForAll String content, @ForAll String command) {
        Assume.that(!command.isBlank() && command.indexOf(0) < 0);
        CustomizeSpec changes = CustomizeSpec.builder()
                .rootPassword("--help")
                .files(List.of(
                        GuestFileSpec.builder("/-a", content).mode("0644").build()))
                .commands(List.of(command))
                .build();

        assertThat(new Customization(DiskImage.of("base", "qcow2", "ba5e"), changes).command("/o.qcow2"))
                .startsWith("/usr/lib/taplab/customize")
                .endsWith(
                        "--root-password",
                        "file:/tmp/taplab-customize/root-password",
                        "--upload",
                        "/tmp/taplab-customize/0:/-a",
                        "--chmod",
                        "0644:/-a",
                        "--run-command",
                        command);
    }
}
