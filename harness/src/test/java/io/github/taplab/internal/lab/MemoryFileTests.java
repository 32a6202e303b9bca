package io.github.taplab.internal.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.GuestSpec;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryFileTests {

    private static final String DD =
            "dd status=none if=/dev/zero of=/var/lib/taplab/db-memory bs=1M count=128 within PT2M";
    private static final String RM = "rm -f /var/lib/taplab/db-memory within PT5S";

    private final List<String> asked = new ArrayList<>();

    @AfterEach
    void forgetTheInterrupt() {
        boolean unused = Thread.interrupted();
    }

    /** The file of a guest, in a launcher that answers so. */
    private MemoryFile file(Function<String, CommandResult> answers) {
        Launcher launcher = (Launcher) Proxy.newProxyInstance(
                Launcher.class.getClassLoader(), new Class<?>[] {Launcher.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("name")) {
                        return "launcher";
                    }
                    String[] argv = (String[]) arguments[1];
                    asked.add("%s within %s".formatted(String.join(" ", argv), arguments[0]));
                    return answers.apply(argv[0]);
                });
        return new MemoryFile(GuestSpec.named("db").withMemoryMib(128), launcher, Duration.ofMinutes(2));
    }

    private static CommandResult ended(int exitCode, String stderr) {
        return new CommandResult("launcher", List.of("dd"), exitCode, "", stderr, Duration.ofSeconds(1));
    }

    @Test
    void whereThereIsRoomTheFileStays() {
        assertThat(file(command -> ended(0, "")).reserve()).isEmpty();

        assertThat(asked).containsExactly(DD);
    }

    /** The guest that boots instead has the same disk. */
    @Test
    void onAFullDiskWhatWasWrittenIsRemoved() {
        MemoryFile memory = file(command -> command.equals("dd")
                ? ended(1, "dd: error writing '/var/lib/taplab/db-memory': No space left on device\n")
                : ended(0, ""));

        assertThat(memory.reserve())
                .hasValueSatisfying(
                        why -> assertThat(why)
                                .hasMessage(
                                        "no room for the memory of db on launcher: dd: error writing '/var/lib/taplab/db-memory': No space left on device"));
        assertThat(asked).containsExactly(DD, RM);
    }

    @Test
    void onADiskThatIsTooSlowTheGuestGoesWithoutIt() {
        MemoryFile memory = file(command -> {
            if (command.equals("dd")) {
                throw new DeadlineExceededException("Command still ran");
            }
            return ended(0, "");
        });

        assertThat(memory.reserve())
                .hasValueSatisfying(why -> assertThat(why)
                        .hasMessage("the room for the memory of db on launcher was not written within 120 s")
                        .hasRootCauseMessage("Command still ran"));
        assertThat(asked).containsExactly(DD, RM);
    }

    @Test
    void whatCanNotBeRemovedIsNoFailureOfTheLabEither() {
        MemoryFile memory = file(command -> {
            throw new DeadlineExceededException(command + " still ran");
        });

        assertThat(memory.reserve())
                .hasValueSatisfying(why -> assertThat(why.getSuppressed())
                        .singleElement()
                        .satisfies(left -> assertThat(left).hasMessage("rm still ran")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dd", "rm"})
    void anInterruptPasses(String interrupted) {
        MemoryFile memory = file(command -> {
            if (command.equals(interrupted)) {
                throw new InterruptedWaitException(command, new InterruptedException());
            }
            return ended(1, "");
        });

        assertThatThrownBy(memory::reserve)
                .isInstanceOf(InterruptedWaitException.class)
                .hasMessage("%s: interrupted while waiting for it", interrupted);
    }
}
