package io.github.taplab.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OwnerTests {

    private static final Owner SELF = Owner.thisProcess();

    @Test
    void labelsTellTheOwnerAgain() {
        assertThat(Owner.of(SELF.labels("com.example.FirstTests"))).contains(SELF);
    }

    @Test
    void labelsNameSessionLabAndProcess() {
        assertThat(new Owner("0badcafe", "host-a", "boot.1", 4711, 1_767_225_600_000L).labels("com.example.FirstTests"))
                .isEqualTo(Map.of(
                        "io.github.taplab.session", "0badcafe",
                        "io.github.taplab.lab", "com.example.FirstTests",
                        "io.github.taplab.host", "host-a",
                        "io.github.taplab.machine", "boot.1",
                        "io.github.taplab.pid", "4711",
                        "io.github.taplab.started", "1767225600000"));
    }

    @Test
    void resourcesAreNamedAfterTheSession() {
        assertThat(new Owner("0badcafe", "host-a", "boot.1", 1, 0).resourceName("1-client"))
                .isEqualTo("taplab-0badcafe-1-client");
    }

    @Test
    void everySessionHasAnIdOfItsOwn() {
        assertThat(SELF.session())
                .matches("[0-9a-f]{8}")
                .isNotEqualTo(Owner.thisProcess().session());
    }

    @Test
    void thisProcessIsAlive() {
        assertThat(SELF.isAlive()).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcessIsOnThisMachine() {
        assertThat(SELF.isOnThisMachine()).isTrue();
    }

    @Test
    void processWithTheSameIdThatStartedAtAnotherTimeIsAnother() {
        assertThat(new Owner(SELF.session(), SELF.host(), SELF.machine(), SELF.pid(), SELF.started() - 1).isAlive())
                .isFalse();
    }

    @Test
    void processThatDoesNotExistIsDead() {
        assertThat(new Owner(SELF.session(), SELF.host(), SELF.machine(), Long.MAX_VALUE, SELF.started()).isAlive())
                .isFalse();
    }

    /** Two containers of one image: process 1 on host "unknown" is another one in each. */
    @Test
    void aNameDoesNotMakeTwoMachinesOne() {
        assertThat(new Owner(SELF.session(), SELF.host(), SELF.machine() + "2", SELF.pid(), SELF.started())
                        .isOnThisMachine())
                .isFalse();
    }

    @Test
    void whereTheMachineIsNotKnownItIsAnother() {
        assertThat(new Owner(SELF.session(), SELF.host(), "", SELF.pid(), SELF.started()).isOnThisMachine())
                .isFalse();
    }

    @Test
    void ownerWithoutLabelsIsNobody() {
        assertThat(Owner.of(Map.of())).contains(new Owner("", "", "", 0, 0));
    }

    @Test
    void whatNoSessionWroteNamesNoOwner() {
        assertThat(Owner.of(Map.of("io.github.taplab.session", "mine", "io.github.taplab.pid", "abc")))
                .isEmpty();
    }

    @Test
    void aMachineIsABootAndAProcessNamespace(@TempDir Path proc) throws Exception {
        Path random = Files.createDirectories(proc.resolve("sys/kernel/random"));
        Path self = Files.createDirectories(proc.resolve("self/ns"));
        assertThat(Machine.of(proc)).isEmpty();

        Files.writeString(random.resolve("boot_id"), "318e2f4a-327b-4a5c-be54-cde185e4456f\n");
        assertThat(Machine.of(proc)).isEmpty();

        Files.createSymbolicLink(self.resolve("pid"), Path.of("pid:[4026531836]"));
        assertThat(Machine.of(proc)).isEqualTo("318e2f4a-327b-4a5c-be54-cde185e4456f.4026531836");

        Files.writeString(random.resolve("boot_id"), "");
        assertThat(Machine.of(proc)).isEmpty();
    }

    @Test
    void aStartIsReadBehindANameThatMayHaveAnythingInIt(@TempDir Path proc) throws Exception {
        Files.createDirectories(proc.resolve("42"));
        assertThat(Machine.startOf(proc, 42)).isZero();

        // As proc(5) has it: process, name, state, and 22 is the field "starttime".
        String fields = IntStream.rangeClosed(4, 52).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        Files.writeString(proc.resolve("42/stat"), "42 (a) R (7) S " + fields + "\n");
        assertThat(Machine.startOf(proc, 42)).isEqualTo(22);

        Files.writeString(proc.resolve("42/stat"), "42 (java");
        assertThat(Machine.startOf(proc, 42)).isZero();
    }
}
