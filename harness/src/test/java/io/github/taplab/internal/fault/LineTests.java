package io.github.taplab.internal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.fault.RecordingShell.CommandAnswer;
import io.github.taplab.node.Undo;
import io.github.taplab.spec.Impairment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTests {

    private static final String DEFAULT = "[{\"kind\":\"noqueue\",\"handle\":\"0:\",\"root\":true}]";
    private static final String ASK = "tc -j qdisc show dev macvtap0";
    private static final String PUT = "tc qdisc replace dev macvtap0 root handle 1: ";
    private static final String DELETE = "tc qdisc delete dev macvtap0 root";

    @Test
    void whereThereIsNetemItDoesAll() {
        RecordingShell shell = new RecordingShell(LineTests::withNetem);

        Undo undo = line(shell).impair(Impairment.loss(10).and(Impairment.rate(8_000)));
        assertThat(shell.lines()).containsExactly(ASK, PUT + "netem loss 10% rate 8000bit");

        undo.close();
        undo.close();
        assertThat(shell.lines()).hasSize(3).endsWith(DELETE);
    }

    @Test
    void whereThereIsNoneLossIsDoneByNftablesAndTheRateByTbf() {
        RecordingShell shell = new RecordingShell(LineTests::withoutNetem);

        Undo undo = line(shell).impair(Impairment.loss(10).and(Impairment.rate(8_000)));
        assertThat(shell.lines()).hasSize(4);
        assertThat(shell.lines().get(2)).startsWith("nft table netdev taplab_");
        assertThat(shell.lines().get(3)).isEqualTo(PUT + "tbf rate 8000bit burst 12000 latency 1s");

        undo.close();
        assertThat(shell.lines()).hasSize(6);
        assertThat(shell.lines().get(4)).isEqualTo(DELETE);
        assertThat(shell.lines().get(5)).startsWith("nft delete table netdev taplab_");
    }

    @Test
    void withoutNetemNothingIsDelayedAndNothingElseIsDone() {
        RecordingShell shell = new RecordingShell(LineTests::withoutNetem);
        Impairment late = Impairment.delay(Duration.ofMillis(40)).and(Impairment.loss(10));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> line(shell).impair(late))
                .withMessage("Can't delay what leaves guest: the Docker host's kernel has no netem (module sch_netem),"
                        + " tc on launcher says \"Error: Specified qdisc kind is unknown.\"."
                        + " Loss, duplication and rate work without it");
        assertThat(shell.lines()).containsExactly(ASK, PUT + "netem delay 40000us loss 10%");
    }

    @Test
    void anyOtherRefusalIsToldInTcsWords() {
        RecordingShell shell = new RecordingShell(line -> line.equals(ASK)
                ? new CommandAnswer(0, DEFAULT, "")
                : new CommandAnswer(2, "", "RTNETLINK answers: Operation not permitted"));

        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> line(shell).impair(Impairment.loss(10)))
                .withMessageContaining("Operation not permitted");
        assertThat(shell.lines()).hasSize(2);
    }

    /** The command may have been obeyed, though nobody heard of it. */
    @Test
    void whatMayHaveBeenDoneIsTakenBack() {
        for (String unanswered : List.of(" netem ", " tbf ", "nft table")) {
            RecordingShell shell = new RecordingShell(line -> {
                if (line.contains(unanswered)) {
                    throw new DeadlineExceededException("no answer to " + unanswered);
                }
                return withoutNetem(line);
            });

            assertThatExceptionOfType(DeadlineExceededException.class)
                    .isThrownBy(() -> line(shell).impair(Impairment.loss(10).and(Impairment.rate(8_000))))
                    .withMessage("no answer to " + unanswered);
            assertThat(shell.lines())
                    .as("after no answer to %s", unanswered)
                    .anyMatch(
                            line -> unanswered.startsWith("nft") ? line.startsWith("nft delete") : line.equals(DELETE));
        }
    }

    @Test
    void whatWasDoneBeforeAFailureIsTakenBack() {
        RecordingShell shell = new RecordingShell(
                line -> line.contains(" tbf ") ? new CommandAnswer(2, "", "Error: No.") : withoutNetem(line));

        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> line(shell).impair(Impairment.loss(10).and(Impairment.rate(8_000))))
                .withMessageContaining("Error: No.");
        assertThat(shell.lines()).hasSize(5);
        assertThat(shell.lines().get(4)).startsWith("nft delete table netdev taplab_");
    }

    @Test
    void atATapOnlyLossWorks() {
        RecordingShell shell = new RecordingShell(line -> RecordingShell.SUCCESS);
        Line line = new Line("guest", Port.tap(shell, "vnet0"));

        line.impair(Impairment.loss(10)).close();

        assertThat(shell.lines()).hasSize(2).allMatch(said -> said.startsWith("nft "));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> line.impair(Impairment.loss(10).and(Impairment.rate(8_000))))
                .withMessage("Can't delay, double or slow down what leaves guest through vnet0, a tap of a bridge:"
                        + " only loss works there");
    }

    private static Line line(RecordingShell shell) {
        return new Line("guest", Port.of(shell, "macvtap0"));
    }

    private static CommandAnswer withNetem(String line) {
        return line.equals(ASK) ? new CommandAnswer(0, DEFAULT, "") : RecordingShell.SUCCESS;
    }

    private static CommandAnswer withoutNetem(String line) {
        return line.contains(" netem ")
                ? new CommandAnswer(2, "", "Error: Specified qdisc kind is unknown.\n")
                : withNetem(line);
    }
}
