package io.github.taplab.internal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.capture.EthernetFrame;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Shell;
import io.github.taplab.spec.MacAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameSendingTests {

    private static final EthernetFrame FRAME = EthernetFrame.of(
            MacAddress.of("02:c1:12:09:00:04"), MacAddress.of("02:9e:12:09:00:05"), 0x88b5, (byte) 0xca, (byte) 0xfe);

    @Test
    void linkAndFrameAreArgumentsAndNotPartOfTheScript() {
        assertThat(FrameSending.argv("eth0; reboot", FRAME))
                .containsExactly(
                        "sh",
                        "-c",
                        "printf %s \"$2\" | busybox xxd -r -p | socat -u - \"INTERFACE:$1\"",
                        "send",
                        "eth0; reboot",
                        "029e1209000502c11209000488b5cafe");
    }

    @Test
    void failureHasTheFrameInWordsAndWhatSocatSaid() {
        Shell shell = (deadline, argv) -> new CommandResult(
                "client", List.of(argv), 1, "", "socat[7] E unknown interface \"eth7\"\n", Duration.ofMillis(90));

        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> FrameSending.send(shell, "eth7", FRAME))
                .withMessage(("Command failed on client: send on eth7"
                                + " 02:c1:12:09:00:04 > 02:9e:12:09:00:05 ethertype 0x88b5, 2 bytes%n"
                                + "exit code 1 after 90 ms%nstdout: (empty)%n"
                                + "stderr: socat[7] E unknown interface \"eth7\"")
                        .formatted());
    }
}
