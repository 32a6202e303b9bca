package io.github.taplab.internal.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.machine.SnapshotFiles;
import io.github.taplab.node.Shell;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTests {

    private static final String KEYS = "ed25519\nssh-ed25519 AAAA root@db\n-----BEGIN\nb3Bl\n-----END\n\n";

    private final List<String> asked = new ArrayList<>();
    private final List<List<String>> launched = new ArrayList<>();

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
            return new CommandResult("launcher", List.of(argv), 0, KEYS, "", Duration.ZERO);
        };
        return new Identity("db", new GuestAgent("db", machine), launcher, new SnapshotFiles("/s"));
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
        assertThat(asked.get(0)).contains("\"input-data\":\"%s\"".formatted(base64(KEYS)));
        assertThat(asked.get(0)).doesNotContain("BEGIN");
        assertThat(nics).containsExactly("ens4/address:02:9e:00:00:00:05", "lo/address:00:00:00:00:00:00");
    }

    @Test
    void eachTimeTheMachineIdIsAnother() {
        Identity identity = identity("{\"exited\":true,\"exitcode\":0}");
        identity.take();
        identity.take();

        assertThat(asked.stream()
                        .filter(question -> question.contains("input-data"))
                        .map(question -> question.replaceAll("(?s).*\",\"([0-9a-f]{32})\"\\].*", "$1")))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{32}"));
    }
}
