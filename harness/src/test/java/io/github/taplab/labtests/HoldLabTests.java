package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.taplab.LabContainer;
import io.github.taplab.LabExtension;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.LabSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A lab that stays up says how to get into each node, and goes in each of the ways in which it is let go. */
@Tag("lab")
@Order(9) // One of the longest, so among the first: the last one would run alone.
class HoldLabTests {

    private static final String TOLD = " or after ";
    private static final String CTRL_C = "\u0003";
    /** How the SHA-256 of a mebibyte of zeroes with the mark of a boot sector begins. */
    private static final String EMPTY_DIGEST = "e35f60cdb04ae834";

    private static final String CTRL_BRACKET = "\u001d";

    @BeforeAll
    static void needsDocker() {
        EngineView.require();
    }

    private static List<String> options(String... more) {
        return Stream.concat(Stream.of("-Dtaplab.acceleration=tcg"), Stream.of(more))
                .toList();
    }

    private static ForkedJvm run(Class<?> fixture, String... more) {
        return ForkedJvm.run(fixture, Map.of(), options(more));
    }

    /** The commands that were told, those of a node behind its name. */
    private static List<String> commands(String output, String node) {
        Matcher block = Pattern.compile("(?m)^  %s +docker .*(\\R {3,}docker .*)*".formatted(node))
                .matcher(output);
        assertThat(block.find()).as("%s in: %s", node, output).isTrue();
        return block.group()
                .lines()
                .map(line -> line.substring(line.indexOf("docker")))
                .toList();
    }

    private static Path file(String output) {
        Matcher file = Pattern.compile("rm (\\S+)").matcher(output);
        assertThat(file.find()).as(output).isTrue();
        return Path.of(file.group(1));
    }

    @Test
    void theCommandsThatAreToldLeadIntoEachNodeUntilItsFileIsRemoved() throws IOException {
        try (ForkedJvm jvm = run(Fails.class, "-Dtaplab.hold=failure")) {
            jvm.awaitOutput(TOLD);
            assertThat(jvm.output())
                    .contains(
                            "taplab: fails() has failed, and the lab of HoldLabTests$Fails stays up as it is:",
                            "    on purpose");

            for (String node : List.of("launcher", "client")) {
                try (TerminalCommand shell =
                        TerminalCommand.paste(commands(jvm.output(), node).get(0))) {
                    shell.type("echo $((6 * 7)) on $(uname -n); exit\n");
                    assertThat(shell.awaitEnd()).contains("42 on " + node);
                }
            }
            for (String guest : List.of("bare", "domain")) {
                try (TerminalCommand console =
                        TerminalCommand.paste(commands(jvm.output(), guest).get(0))) {
                    console.type("\n");
                    console.awaitOutput("~ #");
                    console.type("echo $((6 * 7)) on $(cat /sys/class/net/eth0/address)\n");
                    console.awaitOutput("42 on 02:9e:");
                    console.type(CTRL_BRACKET);
                    console.awaitEnd();
                }
                try (TerminalCommand capture =
                        TerminalCommand.paste(commands(jvm.output(), guest).get(1))) {
                    capture.awaitOutput("listening on ");
                    capture.type(CTRL_C);
                    assertThat(capture.awaitEnd()).containsPattern("\\d+ packets? captured");
                }
            }

            Files.delete(file(jvm.output()));
            jvm.awaitOutput(RunTestClass.ENDED);
            assertThat(jvm.awaitEnd()).contains("the lab of HoldLabTests$Fails is let go: ", " was removed");
            assertThat(EngineView.leftovers(jvm.label())).isEmpty();
        }
    }

    @Test
    void inATerminalEnterLetsItGo() {
        String command = ForkedJvm.command(FailsAlone.class, options("-Dtaplab.hold=failure")).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "exec ", ""));
        try (TerminalCommand jvm = TerminalCommand.paste(command)) {
            assertThat(jvm.awaitOutput(TOLD)).contains("It is let go by Enter here, or by: rm ");

            jvm.type("\n");

            jvm.awaitOutput("the lab of HoldLabTests$FailsAlone is let go: Enter was pressed");
            assertThat(jvm.awaitOutput(RunTestClass.ENDED)).doesNotContain("not removed");
        }
    }

    /** Where nothing fails it is held when it is asked for always, and with a deadline for no longer than that. */
    @Test
    void alwaysHoldsAtTheEndAndTheDeadlineLetsItGo() {
        try (ForkedJvm jvm = run(Passes.class, "-Dtaplab.hold=always", "-Dtaplab.hold.deadline=3")) {
            jvm.awaitOutput(RunTestClass.ENDED);
            assertThat(jvm.awaitEnd())
                    .contains("taplab: the lab of HoldLabTests$Passes stays up as its tests have left it")
                    .contains("the lab of HoldLabTests$Passes is let go: nobody has done so for 3 s");
            assertThat(EngineView.leftovers(jvm.label())).isEmpty();
        }
    }

    @Test
    void aDynamicTestThatFailsHoldsItsLabOnceByTheNameOfItsFactory() {
        try (ForkedJvm jvm = run(FailDynamically.class, "-Dtaplab.hold=failure", "-Dtaplab.hold.deadline=3")) {
            jvm.awaitOutput(RunTestClass.ENDED);
            assertThat(jvm.awaitEnd())
                    .contains("    on purpose", "the lab of HoldLabTests$FailDynamically is let go: ")
                    .containsOnlyOnce(
                            "taplab: factory() has failed, and the lab of HoldLabTests$FailDynamically stays up as it is:");
        }
    }

    @Test
    void whereNothingFailsNothingIsHeld() {
        try (ForkedJvm jvm = run(Passes.class, "-Dtaplab.hold=failure")) {
            jvm.awaitOutput(RunTestClass.ENDED);
            assertThat(jvm.awaitEnd()).contains("passes(Launcher) SUCCESSFUL").doesNotContain("stays up");
        }
    }

    @Test
    void aTestHoldsItsLabItself() throws IOException {
        try (ForkedJvm jvm = run(HoldsItself.class)) {
            jvm.awaitOutput(TOLD);
            assertThat(jvm.output())
                    .contains("taplab: the lab of HoldLabTests$HoldsItself is held by its test")
                    .doesNotContain(HoldsItself.GOES_ON);
            try (TerminalCommand shell =
                    TerminalCommand.paste(commands(jvm.output(), "launcher").get(0))) {
                shell.type("echo on $(uname -n); exit\n");
                assertThat(shell.awaitEnd()).contains("on launcher");
            }

            Files.delete(file(jvm.output()));
            jvm.awaitOutput(HoldsItself.GOES_ON);
            assertThat(jvm.awaitEnd())
                    .contains("the lab of HoldLabTests$HoldsItself is let go: ", " was removed")
                    .doesNotContain("FAILED");
        }
    }

    @Disabled("run by HoldLabTests")
    @LabContainer
    static class HoldsItself {

        static final String GOES_ON = "the test goes on";

        @Test
        void looksAround(Lab lab) {
            lab.hold();
            System.out.println(GOES_ON);
        }
    }

    /** What there is of it is looked at from the launcher, which runs; the guest's disk holds nothing to boot. */
    @Test
    void aLabThatDoesNotStartStaysUpTooAsFarAsItCame(@TempDir Path folder) throws IOException {
        byte[] disk = new byte[1 << 20];
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        Path image = Files.write(folder.resolve("empty.raw"), disk);
        try (ForkedJvm jvm = run(
                NeverBoots.class,
                "-Dtaplab.hold=failure",
                "-Dtaplab.boot.silence=5",
                "-D" + NeverBoots.IMAGE + "=" + image)) {
            jvm.awaitOutput(TOLD);
            assertThat(jvm.output())
                    .contains(
                            "taplab: the lab of HoldLabTests$NeverBoots has not started, and what there is of it stays up,"
                                    + " without guest:")
                    .contains("    guest boots and its agent answers")
                    .contains("  the console of guest is in /var/log/taplab/guest-console.log on launcher");
            try (TerminalCommand shell =
                    TerminalCommand.paste(commands(jvm.output(), "launcher").get(0))) {
                shell.type("wc -c /var/log/taplab/guest-console.log; echo on $(uname -n); exit\n");
                assertThat(shell.awaitEnd())
                        .containsPattern("(?m)^(?:# )?\\d+ /var/log/taplab/guest-console.log")
                        .contains("on launcher");
            }

            Files.delete(file(jvm.output()));
            jvm.awaitOutput(RunTestClass.ENDED);
            assertThat(jvm.awaitEnd())
                    .contains("the lab of HoldLabTests$NeverBoots is let go: ", " was removed")
                    .contains("NeverBoots FAILED guest boots and its agent answers")
                    .contains("taplab-evidence.txt]]");
            assertThat(EngineView.leftovers(jvm.label())).isEmpty();
        }
        EngineView.removeVolume("taplab-disk-" + EMPTY_DIGEST);
    }

    /** Ctrl-C. */
    @Test
    void toldToEndTheJvmRemovesWhatItHolds() throws IOException {
        try (ForkedJvm jvm = run(FailsAlone.class, "-Dtaplab.hold=failure")) {
            jvm.awaitOutput(TOLD);
            Path file = file(jvm.output());
            jvm.terminate();
            jvm.awaitEnd();
            assertThat(EngineView.leftovers(jvm.label())).isEmpty();
            assertThat(file.getParent()).doesNotExist();
        }
    }

    @Disabled("run by HoldLabTests")
    @LabContainer
    @MacvtapVm(name = "bare", attachment = Attachment.QEMU)
    @MacvtapVm(name = "domain")
    static class Fails {

        @Test
        void fails(Client client) {
            fail("on purpose");
        }
    }

    @Disabled("run by HoldLabTests")
    @LabContainer
    static class FailDynamically {

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.of(
                    dynamicTest("fails", () -> fail("on purpose")),
                    dynamicTest("fails too", () -> fail("since that failed")));
        }
    }

    @Disabled("run by HoldLabTests")
    @LabContainer
    static class FailsAlone {

        @Test
        void fails(Launcher launcher) {
            fail("on purpose");
        }
    }

    @Disabled("run by HoldLabTests")
    @LabContainer
    static class Passes {

        @Test
        void passes(Launcher launcher) {
            assertThat(launcher.run("true").succeeded()).isTrue();
        }
    }

    @Disabled("run by HoldLabTests")
    static class NeverBoots {

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
}
