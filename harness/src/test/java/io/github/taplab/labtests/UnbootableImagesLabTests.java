package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.LabContainer;
import io.github.taplab.LabExtension;
import io.github.taplab.MacvtapVm;
import io.github.taplab.Seed;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.ShellAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Images that are what they say, and yet no guest comes of them. */
@Tag("lab")
class UnbootableImagesLabTests {

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    @Test
    void aGuestThatSaysNothingIsGivenUpAndItsImageNamed(@TempDir Path folder) throws Exception {
        // A boot sector that halts the processor: cli, hlt, and back.
        byte[] disk = new byte[1 << 20];
        byte[] halt = {(byte) 0xfa, (byte) 0xf4, (byte) 0xeb, (byte) 0xfd};
        System.arraycopy(halt, 0, disk, 0, halt.length);
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        Path image = Files.write(folder.resolve("halt.raw"), disk);

        try (ForkedJvm jvm = ForkedJvm.run(
                Silent.class, Map.of(), List.of("-Dtaplab.boot.silence=8", "-D" + Silent.IMAGE + "=" + image))) {
            jvm.awaitOutput(RunTestClass.ENDED);

            assertThat(jvm.output())
                    .contains("FAILED guest boots and its agent answers (image " + image + "): nothing has gone on for"
                            + " 8000 ms, last seen: nothing on the console of guest");
            jvm.awaitEnd();
            assertThat(EngineView.leftovers(jvm.label())).isEmpty();
        } finally {
            EngineView.removeVolume("taplab-disk-"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(disk))
                            .substring(0, 16));
        }
    }

    @Disabled("run by UnbootableImagesLabTests")
    static class Silent {

        static final String IMAGE = "test.image";

        @RegisterExtension
        static final LabExtension LAB = LabExtension.of(LabSpec.builder()
                .guest(GuestSpec.named(GuestSpec.DEFAULT_NAME)
                        .withDisk(DiskSpec.of(ImageSource.of(System.getProperty(IMAGE, "./none"), ""))))
                .build());

        @Test
        void neverRuns(Guest guest) {
            throw new AssertionError(guest.name() + " has come up");
        }
    }

    @Test
    void aWrongPasswordIsNamedWithTheImageAndWhatTheConsoleSaid(@TempDir Path output) {
        Fixtures.run(WrongPassword.class, output)
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(message(text -> text.matches(
                                "(?s)guest boots and has a shell on its console \\(image debian-cloud\\): The console of"
                                        + " guest does not let root in with the given password, last seen: "
                                        + ".*Password: \\R.*Login incorrect.*"))));
        assertThat(EngineView.leftovers("io.github.taplab.lab=" + WrongPassword.class.getName()))
                .isEmpty();
    }

    @Disabled("run by UnbootableImagesLabTests")
    @LabContainer
    @MacvtapVm(
            image = "debian-cloud",
            cpus = 2,
            address = GuestAddress.NONE,
            shell = ShellAccess.CONSOLE,
            seed = @Seed(password = "swordfish", commands = "echo root:another | chpasswd"))
    static class WrongPassword {

        @Test
        void neverRuns(Guest guest) {
            throw new AssertionError(guest.name() + " has come up");
        }
    }
}
