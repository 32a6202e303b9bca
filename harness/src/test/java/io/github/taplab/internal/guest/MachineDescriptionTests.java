package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.machine.Boot;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Platform;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.GuestSpec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineDescriptionTests {

    private static final Machine MACHINE = (Machine) Proxy.newProxyInstance(
            Machine.class.getClassLoader(),
            new Class<?>[] {Machine.class},
            (proxy, method, arguments) -> method.getName().equals("pidFile") ? "/run/db.pid" : "<domain/>");

    private static MachineDescription description(Attachment attachment) {
        GuestSpec guest = GuestSpec.named("db").withAttachment(attachment);
        Boot boot = new Boot.Kernel("/guest/kernel", "/guest/initrd", "quiet");
        return new MachineDescription(
                new MachineConfig(guest, List.of(), Platform.AMD64, false, boot, "/var/log/db.log"),
                MACHINE,
                (deadline, argv) -> launcher(String.join(" ", argv)));
    }

    private static CommandResult launcher(String line) {
        String said =
                switch (line) {
                    case "cat /run/db.pid" -> "42\n";
                    case "cat /proc/42/cmdline" -> "qemu-system-x86_64\0-name\0db, with a comma\0";
                    default -> throw new AssertionError("asked for: " + line);
                };
        return new CommandResult("launcher", List.of(line), 0, said, "", Duration.ZERO);
    }

    @Test
    void theCommandLineIsThatOfTheProcess() {
        assertThat(description(Attachment.DIRECT).commandLine())
                .containsExactly("qemu-system-x86_64", "-name", "db, with a comma");
    }

    @Test
    void libvirtHasADomain() {
        assertThat(description(Attachment.DIRECT).domainXml()).isEqualTo("<domain/>");
    }

    @Test
    void withoutLibvirtThereIsNoDomainAndYetSomethingForPeople() {
        MachineDescription description = description(Attachment.QEMU);

        assertThatIllegalStateException()
                .isThrownBy(description::domainXml)
                .withMessage("db runs without libvirt, so it has no domain XML");
        assertThat(description.text()).isEqualTo("<domain/>");
    }
}
