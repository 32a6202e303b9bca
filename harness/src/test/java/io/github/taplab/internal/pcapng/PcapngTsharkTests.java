package io.github.taplab.internal.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.GivenSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Wireshark's own reader says of a file. */
class PcapngTsharkTests {

    @Test
    void namesInterfacesDirectionsAndComments(@TempDir Path folder) throws Exception {
        List<Comment> steps = List.of(
                OnePing.comment(-5, "client: whoHas(198.18.9.5)"),
                OnePing.comment(-4, "spec: two owners"),
                OnePing.comment(1_000_000, "client: ping(198.18.9.5) \u001b[31m ü"),
                OnePing.comment(9_000_000, "client: no answer"));

        assertThat(fields(
                        folder,
                        PcapngFile.of("Taplab", OnePing.FRAMES, steps),
                        "frame.interface_name",
                        "frame.time_relative",
                        "frame.packet_flags_direction",
                        "_ws.col.Protocol",
                        "frame.comment"))
                .containsExactly(
                        "client/eth0|0.000000000|0x00000002|ARP|client: whoHas(198.18.9.5),spec: two owners",
                        "launcher/eth0|0.000040000|0x00000001|ARP|",
                        "launcher/macvtap0|0.000041000|0x00000001|ARP|",
                        "client/eth0|0.002000000|0x00000002|ICMP|client: ping(198.18.9.5) ␛[31m ü",
                        "launcher/eth0|0.002030000|0x00000001|ICMP|after this frame: client: no answer");
    }

    @Test
    void takesAFileWithoutFrames(@TempDir Path folder) throws Exception {
        assertThat(fields(
                        folder,
                        PcapngFile.of("Taplab", List.of(), List.of(OnePing.comment(0, "alone"))),
                        "frame.number"))
                .isEmpty();
    }

    private static List<String> fields(Path folder, byte[] file, String... fields)
            throws IOException, InterruptedException {
        Path capture = Files.write(folder.resolve("lab.pcapng"), file);
        List<String> command =
                new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields", "-E", "separator=|"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        ProcessBuilder tshark = new ProcessBuilder(command);
        // Its preferences are those of whoever runs the tests.
        tshark.environment().put("HOME", folder.toString());
        tshark.environment().put("LC_ALL", "C.UTF-8");
        Path errors = folder.resolve("errors");
        Process process = started(tshark.redirectError(errors.toFile()));
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return lines;
    }

    private static Process started(ProcessBuilder tshark) {
        try {
            return tshark.start();
        } catch (IOException e) {
            if (GivenSettings.read().required()) {
                throw new AssertionError("There is no tshark, and taplab.required=true", e);
            }
            return Assumptions.abort("there is no tshark: " + e.getMessage());
        }
    }
}
