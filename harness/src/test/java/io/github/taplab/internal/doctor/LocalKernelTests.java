package io.github.taplab.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.internal.docker.EngineAbout;
import io.github.taplab.internal.docker.EngineSize;
import io.github.taplab.internal.doctor.Finding.Grade;
import io.github.taplab.internal.doctor.LocalKernel.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKernelTests {

    private static final String RELEASE = "6.1.0-18-cloud-amd64";

    private final Path root;

    LocalKernelTests(@TempDir Path root) throws IOException {
        this.root = root;
        write("proc/sys/kernel/osrelease", RELEASE + "\n");
        write("proc/devices", "Character devices:\n  1 mem\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static EngineAbout engine(String kernel) {
        return new EngineAbout("Docker", "26.1", "1.45", kernel, "x86_64", new EngineSize(2, 4096));
    }

    @Test
    void withoutAListOfModulesNothingIsKnown() {
        assertThat(LocalKernel.read(root)).isEqualTo(new LocalKernel(RELEASE, Module.UNKNOWN, false));
    }

    @Test
    void aModuleThatIsLoadedHasADevice() throws IOException {
        write("proc/devices", "Character devices:\n246 macvtap\n");
        write("dev/kvm", "");

        assertThat(LocalKernel.read(root)).isEqualTo(new LocalKernel(RELEASE, Module.LOADED, true));
    }

    @Test
    void oneThatCanBeLoadedIsInTheList() throws IOException {
        write("lib/modules/" + RELEASE + "/modules.dep", """
                kernel/drivers/net/macvlan.ko.xz:
                kernel/drivers/net/macvtap.ko.xz: kernel/drivers/net/macvlan.ko.xz
                """);

        assertThat(LocalKernel.read(root).macvtap()).isEqualTo(Module.THERE);
    }

    @Test
    void soIsOneThatIsBuiltIn() throws IOException {
        write("lib/modules/" + RELEASE + "/modules.builtin", "kernel/drivers/net/macvtap.ko\n");

        assertThat(LocalKernel.read(root).macvtap()).isEqualTo(Module.THERE);
    }

    @Test
    void oneThatIsOnNoListIsMissing() throws IOException {
        write("lib/modules/" + RELEASE + "/modules.dep", "kernel/drivers/net/macvlan.ko.xz: a/macvtap.ko.xz\n");

        LocalKernel local = LocalKernel.read(root);

        assertThat(local.macvtap()).isEqualTo(Module.ABSENT);
        assertThat(HostFindings.of(engine(RELEASE), local).get(0))
                .isEqualTo(Finding.missing(
                        "macvtap",
                        "The Docker host's kernel " + RELEASE + " has no macvtap (not in /lib/modules/" + RELEASE + ")",
                        "Its module is called macvtap; on cloud kernels it is often in an extra package"));
    }

    @Test
    void ofAnotherMachinesKernelThisOnesFilesSayNothing() {
        assertThat(HostFindings.of(engine("6.8"), LocalKernel.read(root)))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.grade()).isEqualTo(Grade.NOTE))
                .allSatisfy(finding -> assertThat(finding.found())
                        .isEqualTo("not known before the lab image is there: the first lab builds it, and looks"));
    }
}
