package io.github.taplab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.ssh.SshUser;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.CustomizeSpec;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GuestFileSpec;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.SeedSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is a secret is in no text that is made for people. */
class SecretsTests {

    private static final String SECRET = "s3cret";
    private static final GuestFileSpec FILE =
            GuestFileSpec.builder("/etc/token", SECRET).mode("0600").build();
    private static final SeedSpec SEED = SeedSpec.builder()
            .user("alice")
            .password(SECRET)
            .keys(List.of("ssh-ed25519 AAAA"))
            .files(List.of(FILE))
            .commands(List.of("true"))
            .build();
    private static final CustomizeSpec CUSTOMIZE = CustomizeSpec.builder()
            .rootPassword(SECRET)
            .files(List.of(FILE))
            .commands(List.of("true"))
            .build();

    @Test
    void aSeedShowsThatThereIsAPassword() {
        assertThat(SEED)
                .hasToString("SeedSpec[user=Optional[alice], password=(not shown), keys=[ssh-ed25519 AAAA],"
                        + " networkConfig=Optional.empty,"
                        + " files=[GuestFileSpec[path=/etc/token, content=(6 characters), mode=0600]],"
                        + " commands=[true]]");
        assertThat(SeedSpec.DEFAULT).asString().contains("password=(none)");
    }

    @Test
    void soDoChangesOfAnImage() {
        assertThat(CUSTOMIZE)
                .hasToString("CustomizeSpec[rootPassword=(not shown),"
                        + " files=[GuestFileSpec[path=/etc/token, content=(6 characters), mode=0600]],"
                        + " commands=[true]]");
    }

    @Test
    void andAllThatTheyArePartOf() {
        DiskSpec disk = DiskSpec.builder(ImageSource.of("debian-cloud", ""))
                .firmware(Firmware.BIOS)
                .cloudInit(CloudInit.NO_CLOUD)
                .seed(SEED)
                .customize(CUSTOMIZE)
                .build();
        LabSpec lab =
                LabSpec.builder().guest(GuestSpec.named("guest").withDisk(disk)).build();

        assertThat(lab).asString().contains("alice").doesNotContain(SECRET);
    }

    @Test
    void whoLogsInShowsWithWhat() {
        assertThat(new SshUser("alice", Optional.of(SECRET))).hasToString("alice with a password");
        assertThat(SshUser.ROOT).hasToString("root with the lab's key");
    }

    @Test
    void equalityStillSeesThem() {
        assertThat(CustomizeSpec.builder()
                        .rootPassword("other")
                        .files(List.of(FILE))
                        .commands(List.of("true"))
                        .build())
                .isNotEqualTo(CUSTOMIZE);
        assertThat(GuestFileSpec.builder("/etc/token", "s3cres").mode("0600").build())
                .isNotEqualTo(FILE);
    }
}
