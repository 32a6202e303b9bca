package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.taplab.LabContainer;
import io.github.taplab.LabExtension;
import io.github.taplab.MacvtapVm;
import io.github.taplab.Seed;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.GuestAddress;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.LabSpec;
import io.github.taplab.spec.ShellAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that are what they say, and yet no guest comes of them. */
@Tag("lab")
@SuppressWarnings("NullAway.Init") // JUnit sets the folder.
@Order(4) // One of the longest, so among the first: the last one would run alone.
class UnbootableImagesLabTests {

    // cli, hlt, and back.
    private static final byte[] HALT = {(byte) 0xfa, (byte) 0xf4, (byte) 0xeb, (byte) 0xfd};
    // mov al, 0xfe; out 0x64, al: the keyboard controller resets the machine.
    private static final byte[] RESET = {
        (byte) 0xb0, (byte) 0xfe, (byte) 0xe6, 0x64, (byte) 0xf4, (byte) 0xeb, (byte) 0xfd
    };
    // xor ax, ax; mov ds, ax; mov si, 0x7c16; mov dx, 0x3f8; lodsb; test al, al; jz end; out dx, al; and on to lodsb;
    // end: halt. The text to be written on the serial line follows.
    private static final byte[] PRINT = {
        0x31,
        (byte) 0xc0,
        (byte) 0x8e,
        (byte) 0xd8,
        (byte) 0xbe,
        0x16,
        0x7c,
        (byte) 0xba,
        (byte) 0xf8,
        0x03,
        (byte) 0xac,
        (byte) 0x84,
        (byte) 0xc0,
        0x74,
        0x03,
        (byte) 0xee,
        (byte) 0xeb,
        (byte) 0xf8,
        HALT[0],
        HALT[1],
        HALT[2],
        HALT[3]
    };
    private static final Pattern ATTACHMENT = Pattern.compile("\\[\\[ATTACHMENT\\|(.*/taplab-evidence\\.txt)]]");
    private static final String PANIC = "[    1.9] Kernel panic - not syncing: VFS: Unable to mount root fs\r\n";

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    /** Boots a disk that has a boot sector and nothing else, until the guest is given up. */
    private void assertIsGivenUp(byte[] code, Attachment attachment, int silenceSeconds, String expected)
            throws Exception {
        assertIsGivenUp(code, attachment, ShellAccess.AGENT, silenceSeconds, "its agent answers", expected);
    }

    private void assertIsGivenUp(
            byte[] code, Attachment attachment, ShellAccess shell, int silenceSeconds, String awaited, String expected)
            throws Exception {
        byte[] disk = new byte[1 << 20];
        System.arraycopy(code, 0, disk, 0, code.length);
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        Path image = Files.write(folder.resolve("sector.raw"), disk);

        try (ForkedJvm jvm = ForkedJvm.run(
                BootSector.class,
                Map.of(),
                List.of(
                        "-Dtaplab.boot.silence=" + silenceSeconds,
                        "-D" + BootSector.IMAGE + "=" + image,
                        "-D" + BootSector.ATTACHMENT + "=" + attachment,
                        "-D" + BootSector.SHELL + "=" + shell))) {
            jvm.awaitOutput(RunTestClass.ENDED);

            assertThat(jvm.output())
                    .contains("FAILED guest boots and %s (image %s): %s".formatted(awaited, image, expected));
            jvm.awaitEnd();
            assertThat(evidence(jvm.output()))
                    .contains("== launcher: links", "macvtap mode bridge over eth0")
                    .contains("== launcher: logs and domains", "-- /var/log/taplab/guest-console.log");
            assertThat(EngineView.leftovers(jvm.label())).isEmpty();
        } finally {
            EngineView.removeVolume("taplab-disk-"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(disk))
                            .substring(0, 16));
        }
    }

    /** What a run says is attached to the class whose lab did not start. */
    private static String evidence(String output) throws IOException {
        Matcher attachment = ATTACHMENT.matcher(output);
        assertThat(attachment.find()).as(output).isTrue();
        return Files.readString(Path.of(attachment.group(1)));
    }

    @Test
    void aGuestThatSaysNothingIsGivenUpAndItsImageNamed() throws Exception {
        assertIsGivenUp(
                HALT,
                Attachment.DIRECT,
                8,
                "nothing has gone on for 8000 ms, last seen: nothing on the console of guest");
    }

    @Test
    void aGuestThatSaysNothingIsNotWaitedForOnItsConsoleEither() throws Exception {
        assertIsGivenUp(
                HALT,
                Attachment.QEMU,
                ShellAccess.CONSOLE,
                8,
                "has a shell on its console",
                "nothing has gone on for 8000 ms, last seen: nothing on the console of guest");
    }

    /** Long before the guest has been silent for too long. */
    @Test
    @Timeout(120)
    void aKernelThatHasGivenUpIsNotWaitedFor() throws Exception {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.writeBytes(PRINT);
        code.writeBytes(PANIC.getBytes(StandardCharsets.US_ASCII));

        assertIsGivenUp(
                code.toByteArray(),
                Attachment.QEMU,
                300,
                "its kernel has given up: Kernel panic - not syncing: VFS: Unable to mount root fs\n"
                        + "console of guest:\n" + PANIC.strip());
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "QEMU"})
    @Timeout(120)
    void aGuestThatRestartsAgainAndAgainIsNotWaitedFor(Attachment attachment) throws Exception {
        assertIsGivenUp(
                RESET, attachment, 300, "can't come any more: the guest has restarted 5 times without an agent");
    }

    @Disabled("run by UnbootableImagesLabTests")
    static class BootSector {

        static final String IMAGE = "test.image";
        static final String ATTACHMENT = "test.attachment";
        static final String SHELL = "test.shell";

        @RegisterExtension
        static final LabExtension LAB = LabExtension.of(LabSpec.builder()
                .guest(GuestSpec.named(GuestSpec.DEFAULT_NAME)
                        .withAttachment(Attachment.valueOf(System.getProperty(ATTACHMENT, "DIRECT")))
                        .withShell(ShellAccess.valueOf(System.getProperty(SHELL, "AGENT")))
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
