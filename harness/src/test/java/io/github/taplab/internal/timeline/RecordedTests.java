package io.github.taplab.internal.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.Fake;
import io.github.taplab.command.CommandResult;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.node.Client;
import io.github.taplab.node.Console;
import io.github.taplab.node.Guest;
import io.github.taplab.node.GuestShell;
import io.github.taplab.node.Lab;
import io.github.taplab.node.PingResult;
import io.github.taplab.node.PingResult.Outcome;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Subnet;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a test asks of a handle is on the timeline, in words, and the handle does what it always does. */
@SuppressWarnings("try") // A change is there as long as its block lasts.
class RecordedTests {

    private static final InetAddress IP = Subnet.of("198.18.0.0/24").host(4);

    private final Timeline timeline = new Timeline();
    private final RecordedHandles handles = new RecordedHandles(timeline);
    private final List<Object> given = new ArrayList<>();

    private <T> T recorded(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(handles.of(Fake.of(type, methods)));
    }

    private List<Step> steps() {
        return timeline.events().stream().map(Step.class::cast).toList();
    }

    private static PingResult answered() {
        return new PingResult("client", IP, Outcome.ANSWERED, 1, 1, List.of(), "");
    }

    @Test
    void aQuestionIsAStepWithItsAnswer() {
        PingResult answer = answered();
        Client client = recorded(Client.class, Map.of("name", none -> "client", "ping", to -> answer));

        assertThat(client.ping(IP)).isSameAs(answer);

        assertThat(steps()).singleElement().satisfies(step -> {
            assertThat(step.node()).isEqualTo("client");
            assertThat(step.call()).isEqualTo("ping(198.18.0.4)");
            assertThat(step.result()).isEqualTo(Outcome.ANSWERED.words() + ", 1 of 1 came back");
            assertThat(step.failed()).isFalse();
        });
    }

    @Test
    void whatItThrowsIsThrownAndTold() {
        IllegalStateException broken = new IllegalStateException("client is gone");
        Client client = recorded(Client.class, Map.of("name", none -> "client", "ping", to -> {
            throw broken;
        }));

        assertThatThrownBy(() -> client.ping(IP)).isSameAs(broken);

        assertThat(steps()).singleElement().satisfies(step -> {
            assertThat(step.failed()).isTrue();
            assertThat(step.result()).isEqualTo("client is gone");
        });
    }

    @Test
    void itsNameIsNoStep() {
        Client client = recorded(Client.class, Map.of("name", none -> "client"));

        assertThat(client.name()).isEqualTo("client");
        assertThat(steps()).isEmpty();
    }

    @Test
    void whatALabHandsOutIsRecordedToo() {
        Client behind = Fake.of(Client.class, Map.of("name", none -> "client", "ping", to -> answered()));
        Lab lab = recorded(Lab.class, Map.of("client", none -> behind));

        assertThat(lab.client().ping(IP).answered()).isTrue();

        assertThat(steps()).extracting(Step::node).containsExactly("client");
        assertThat(Recorded.behind(lab.client())).isSameAs(behind);
    }

    @Test
    void ofSeveralEach() {
        Guest behind = Fake.of(Guest.class, Map.of("name", none -> "one", "ping", to -> answered()));
        Lab lab = recorded(Lab.class, Map.of("guests", none -> List.of(behind)));

        lab.guests().forEach(guest -> assertThat(guest.ping(IP).answered()).isTrue());

        assertThat(steps()).extracting(Step::node).containsExactly("one");
    }

    @Test
    void aChangeIsToldAndThatItIsTakenBack() {
        Client client = recorded(
                Client.class, Map.of("name", none -> "client", "takeDown", link -> (Undo) () -> given.add("undone")));

        try (Undo unused = client.takeDown("eth0")) {
            assertThat(given).isEmpty();
        }

        assertThat(given).containsExactly("undone");
        assertThat(steps()).extracting(Step::call).containsExactly("takeDown(eth0)", "undo of takeDown(eth0)");
        assertThat(steps()).extracting(Step::result).containsExactly("until it is taken back", "done");
    }

    @Test
    void aCommandInAShellIsOneStepOfItsNode() {
        GuestShell shell = Fake.of(GuestShell.class, Map.of("tryRun", argv -> {
            String[] words = (String[]) argv[argv.length - 1];
            return new CommandResult("guest", List.of(words), 0, "up\n", "", Duration.ZERO);
        }));
        Guest guest = recorded(Guest.class, Map.of("name", none -> "guest", "shell", none -> shell));

        assertThat(guest.shell().run("cat", "/sys/class/net/eth0/operstate").text())
                .isEqualTo("up");

        assertThat(steps()).singleElement().satisfies(step -> {
            assertThat(step.node()).isEqualTo("guest");
            assertThat(step.call()).isEqualTo("run(cat /sys/class/net/eth0/operstate)");
            assertThat(step.result()).isEqualTo("up");
        });
    }

    @Test
    void theNodesBehindGetTheirOwnKind() {
        Guest target = Fake.of(Guest.class, Map.of("name", none -> "guest"));
        Client client = recorded(Client.class, Map.of("name", none -> "client", "ssh", to -> {
            given.add(to[0]);
            throw new IllegalStateException("asked enough");
        }));
        Guest recordedTarget = (Guest) handles.of(target);

        assertThatThrownBy(() -> client.ssh(recordedTarget)).hasMessage("asked enough");

        assertThat(given.get(0)).isSameAs(target);
        assertThat(steps()).extracting(Step::call).containsExactly("ssh(guest)");
    }

    @Test
    void passwordsAreNotTold() {
        Guest target = Fake.of(Guest.class, Map.of("name", none -> "guest"));
        Client client = recorded(Client.class, Map.of("name", none -> "client", "sshWithPassword", to -> {
            throw new IllegalStateException("asked enough");
        }));
        Console console = Fake.of(Console.class, Map.of("type", keys -> given.add(keys[0])));
        Guest guest = recorded(Guest.class, Map.of("name", none -> "guest", "console", none -> console));

        assertThatThrownBy(() -> client.sshWithPassword(target, "root", "hunter2"))
                .isNotNull();
        guest.console().type("hunter2\n");

        assertThat(given).containsExactly("hunter2\n");
        assertThat(steps())
                .extracting(Step::call)
                .containsExactly("sshWithPassword(guest, root, …)", "console.type(…)");
        assertThat(steps().toString()).doesNotContain("hunter2");
    }

    @Test
    void aHandleIsThereOnce() {
        Client behind = Fake.of(Client.class, Map.of("name", none -> "client"));
        Lab lab = recorded(Lab.class, Map.of("client", none -> behind));

        assertThat(lab.client()).isSameAs(lab.client()).isSameAs(handles.of(behind));
    }

    @Test
    void twoOfOneHandleAreEqual() {
        Undo behind = () -> given.add("undone");

        assertThat(handles.of(behind)).isEqualTo(handles.of(behind));
        assertThat(handles.of(behind)).hasSameHashCodeAs(handles.of(behind));
        assertThat(handles.of(behind)).isNotEqualTo(handles.of((Undo) () -> {}));
        assertThat(steps()).isEmpty();
    }
}
