package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.FromLab;
import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.CommandFailedException;
import io.github.taplab.node.HttpResult;
import io.github.taplab.node.Lab;
import io.github.taplab.node.NeighbourAnswers;
import io.github.taplab.node.Node;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.InterfaceIp;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose tool is gone sees nothing: no assertion holds, neither that something is there nor that it is not. */
@LabContainer(ipv6 = true)
@MacvtapVm
@SuppressWarnings({"NullAway.Init", "try"}) // The lab sets the fields; what is undone is so as long as the block lasts.
class RemovedToolsLabTests {

    @FromLab
    static Lab lab;

    private static Node node(String name) {
        return name.equals("guest") ? lab.guest() : lab.client();
    }

    // A guest's are links to its one program.
    private static Undo remove(Node node, String tool) {
        String path = node.run("which", tool).text();
        if (node == lab.client()) {
            node.run("chmod", "0", path);
            return () -> node.run("chmod", "0755", path);
        }
        node.run("mv", path, path + "-kept");
        return () -> node.run("mv", path + "-kept", path);
    }

    @ParameterizedTest
    @CsvSource({"client, Permission denied", "guest, No such file or directory"})
    void ping(String name, String reason) {
        Node node = node(name);
        InetAddress ip = lab.gateway().ip();
        InetAddress nobody = lab.subnet().host(250);

        try (Undo removed = remove(node, "ping")) {
            saysWhy(() -> assertThat(node).reaches(ip), name, "ping -n .* " + ip.getHostAddress(), reason);
            saysWhy(() -> assertThat(node).doesNotReach(nobody), name, "ping -n .* " + nobody.getHostAddress(), reason);
            saysWhy(() -> node.ping(ip, 3), name, "ping -n -c 3 .*", reason);
        }
        assertThat(node).reaches(ip).doesNotReach(nobody);
    }

    @ParameterizedTest
    @CsvSource({
        "client, arping, Permission denied",
        "guest, arping, No such file or directory",
        "client, ndisc6, Permission denied",
        "guest, ndisc6, No such file or directory"
    })
    void whoHas(String name, String tool, String reason) {
        Node node = node(name);
        InterfaceIp there = tool.equals("ndisc6")
                ? lab.gateway().interfaceIp6()
                : lab.gateway().interfaceIp();
        InterfaceIp nobody = there.plus(240);
        Supplier<NeighbourAnswers> question = () -> node.whoHas(there.ip());
        Supplier<NeighbourAnswers> vainQuestion = () -> node.whoHas(nobody.ip());

        try (Undo removed = remove(node, tool)) {
            saysWhy(
                    () -> assertThat(question.get())
                            .isAnsweredOnlyBy(lab.gateway().mac()),
                    name,
                    tool + " .*",
                    reason);
            saysWhy(() -> assertThat(vainQuestion.get()).isNotAnswered(), name, tool + " .*", reason);
        }
        assertThat(question.get()).isAnsweredOnlyBy(lab.gateway().mac());
        assertThat(vainQuestion.get()).isNotAnswered();
    }

    @ParameterizedTest
    @CsvSource({"client, curl, Permission denied", "guest, wget, No such file or directory"})
    void http(String name, String tool, String reason) {
        Node node = node(name);
        Supplier<HttpResult> get =
                () -> node.httpGet("http://" + lab.gateway().ip().getHostAddress() + "/");

        try (Undo removed = remove(node, tool)) {
            saysWhy(() -> assertThat(get.get()).isRefused(), name, tool + " .*", reason);
        }
        assertThat(get.get()).isRefused();
    }

    /** Neither does one that is there and can't ask. */
    @ParameterizedTest
    @ValueSource(strings = {"client", "guest"})
    void whoHasThroughAnInterfaceThatIsDown(String name) {
        Node node = node(name);

        try (Undo down = node.takeDown(node.nic())) {
            assertThatThrownBy(() -> node.whoHas(lab.gateway().ip()))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageStartingWith(
                            "Nothing is known of the network:"
                                    + " arping could not run, or said what is not understood, on %s: arping -b ",
                            name)
                    .hasMessageContaining("is down");
        }
    }

    private static void saysWhy(ThrowingCallable look, String node, String command, String reason) {
        assertThatThrownBy(look)
                .isInstanceOf(CommandFailedException.class)
                .hasMessageMatching(
                        ("Nothing is known of the network: %1$s could not run, or said what is not understood,"
                                        + " on %2$s: %3$s\\Rexit code 12[67] after \\d+ ms\\Rstdout: \\(empty\\)\\Rstderr: .*%1$s.*: %4$s")
                                .formatted(command.substring(0, command.indexOf(' ')), node, command, reason));
    }
}
