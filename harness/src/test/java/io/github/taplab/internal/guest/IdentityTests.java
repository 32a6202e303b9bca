package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.node.Console;
import io.github.taplab.node.Shell;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTests {

    private static final String KEYS = "ed25519\nssh-ed25519 AAAA root@db\n-----BEGIN\nb3Bl\n-----END\n\n";

    private String made = KEYS;
    private final List<String> asked = new ArrayList<>();
    private final List<List<String>> launched = new ArrayList<>();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private Identity identity(String end) {
        Machine machine = (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> {
                    String question = (String) arguments[0];
                    asked.add(question);
                    return question.contains("guest-exec-status")
                            ? "{\"return\":%s}".formatted(end)
                            : "{\"return\":{\"pid\":42}}";
                });
        Shell launcher = (deadline, argv) -> {
            launched.add(List.of(argv));
            return new CommandResult("launcher", List.of(argv), 0, made, "", Duration.ZERO);
        };
        Console console = (Console) Proxy.newProxyInstance(
                Console.class.getClassLoader(), new Class<?>[] {Console.class}, (proxy, method, arguments) -> {
                    lines.add(arguments[0].toString());
                    return "";
                });
        return new Identity("db", new GuestAgent("db", machine), console, launcher, new SnapshotFiles("/s"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ofAGuestThatWouldNotDifferFromOthersThereIsNoSnapshot() {
        String why = base64("its kernel has no driver for the VM generation ID\n");
        Identity identity = identity("{\"exited\":true,\"exitcode\":1,\"err-data\":\"%s\"}".formatted(why));

        assertThatIllegalStateException()
                .isThrownBy(identity::prepare)
                .withMessage("db is not fit for a snapshot: its kernel has no driver for the VM generation ID");
        assertThat(launched).isEmpty();
    }

    /** Else each guest that went on from the snapshot would do and write it anew. */
    @Test
    void itsBootIsOverAndOnItsDiskBeforeThereIsASnapshot() {
        identity("{\"exited\":true,\"exitcode\":0,\"out-data\":\"\"}").prepare();

        assertThat(asked.get(0)).containsSubsequence("is-system-running --wait", "rm -f", "\\nsync\\n");
    }

    @Test
    void theTypesOfItsHostKeysAreKept() {
        identity("{\"exited\":true,\"exitcode\":0,\"out-data\":\"%s\"}".formatted(base64("ecdsa\ned25519\n")))
                .prepare();

        assertThat(launched)
                .singleElement()
                .satisfies(argv -> assertThat(argv).endsWith("ecdsa\ned25519\n", "/s/host-key-types"));
    }

    @Test
    void keysThatAreMadeInTheLauncherGoIntoTheGuestUnseen() {
        List<String> nics = identity("{\"exited\":true,\"exitcode\":0,\"out-data\":\"%s\"}"
                        .formatted(base64("ens4/address:02:9e:00:00:00:05\nlo/address:00:00:00:00:00:00\n")))
                .take();

        assertThat(launched).singleElement().satisfies(argv -> assertThat(argv).endsWith("db", "/s/host-key-types"));
        assertThat(asked.get(0))
                .containsPattern("\"env\":\\[[^]]*\"PUBLIC_1=ssh-ed25519 AAAA root@db\",")
                .contains("\"PRIVATE_1=-----BEGIN\\nb3Bl\\n-----END\",\"TYPES=ed25519\"]")
                .doesNotContain("input-data")
                .doesNotContainPattern("\"arg\":\\[[^]]*BEGIN");
        assertThat(nics).containsExactly("ens4/address:02:9e:00:00:00:05", "lo/address:00:00:00:00:00:00");
    }

    @Test
    void aGuestWithoutHostKeysGetsNone() {
        made = "";

        identity("{\"exited\":true,\"exitcode\":0}").take();

        assertThat(asked.get(0)).contains("\"TYPES=\"]").doesNotContain("PRIVATE_1=");
    }

    @Test
    void theEndIsWaitedForOnTheConsoleWhereItHasTheMachineId() {
        identity("{\"exited\":true,\"exitcode\":0}").take();

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .matches("taplab: goes on from a snapshot as [0-9a-f]{32}")
                        .endsWith(machineId(asked.get(0))));
        assertThat(asked.get(0)).contains("echo \\\"taplab: goes on from a snapshot as $2\\\" >/dev/console");
    }

    private static String machineId(String question) {
        return question.replaceAll("(?s).*\",\"([0-9a-f]{32})\"\\].*", "$1");
    }

    @Test
    void eachTimeTheMachineIdIsAnother() {
        Identity identity = identity("{\"exited\":true,\"exitcode\":0}");
        identity.take();
        identity.take();

        assertThat(asked.stream()
                        .filter(question -> question.contains("TYPES="))
                        .map(IdentityTests::machineId))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{32}"));
    }
}
