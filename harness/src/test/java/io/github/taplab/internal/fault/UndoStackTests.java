package io.github.taplab.internal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.node.Undo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UndoStackTests {

    private final List<String> seen = new ArrayList<>();

    @Test
    void theLatestChangeIsTakenBackFirst() {
        Undo both = UndoStack.making(List.of(change("one"), change("two")));
        both.close();

        assertThat(seen).containsExactly("one", "two", "two undone", "one undone");
    }

    @Test
    void aSecondCallDoesNothing() {
        Undo once = UndoStack.once(() -> seen.add("undone"));
        once.close();
        once.close();

        assertThat(seen).containsExactly("undone");
    }

    @Test
    void afterAFailedChangeThoseBeforeAreTakenBack() {
        assertThatIllegalStateException()
                .isThrownBy(() -> UndoStack.making(List.of(change("one"), failing("two"), change("three"))))
                .withMessage("two failed");

        assertThat(seen).containsExactly("one", "one undone");
    }

    @Test
    void afterAFailedUndoTheOthersAreTakenBackToo() {
        Undo both = UndoStack.making(List.of(failingUndo("one"), change("two"), failingUndo("three")));

        assertThatIllegalStateException()
                .isThrownBy(both::close)
                .withMessage("three not undone")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .singleElement()
                        .satisfies(second -> assertThat(second).hasMessage("one not undone")));
        assertThat(seen).containsExactly("one", "two", "three", "two undone");
    }

    /** As after JUnit's @Timeout: the block of the fault is left with its thread interrupted. */
    @Test
    void anInterruptWaitsUntilEverythingIsTakenBack() {
        List<Boolean> interrupted = new ArrayList<>();
        Undo undo = UndoStack.once(() -> interrupted.add(Thread.currentThread().isInterrupted()));
        Thread.currentThread().interrupt();

        undo.close();

        assertThat(Thread.interrupted()).as("afterwards").isTrue();
        assertThat(interrupted).containsExactly(false);
    }

    @Test
    void aCommandWithoutAnAnswerIsTakenBack() {
        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(() -> UndoStack.commanding(
                        () -> {
                            throw new DeadlineExceededException("no answer");
                        },
                        failingUndo("it").get()))
                .withMessage("no answer")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .singleElement()
                        .satisfies(second -> assertThat(second).hasMessage("it not undone")));
    }

    @Test
    void aCommandThatIsRefusedHasChangedNothing() {
        CommandResult refused = new CommandResult("client", List.of("ip"), 2, "", "No.", Duration.ZERO);

        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> UndoStack.commanding(refused::orThrow, () -> seen.add("undone")));

        assertThat(seen).isEmpty();
    }

    private Supplier<Undo> change(String name) {
        return () -> {
            seen.add(name);
            return () -> seen.add(name + " undone");
        };
    }

    private static Supplier<Undo> failing(String name) {
        return () -> {
            throw new IllegalStateException(name + " failed");
        };
    }

    private Supplier<Undo> failingUndo(String name) {
        return () -> {
            seen.add(name);
            return () -> {
                throw new IllegalStateException(name + " not undone");
            };
        };
    }
}
