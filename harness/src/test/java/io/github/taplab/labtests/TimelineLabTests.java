package io.github.taplab.labtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.internal.lab.RunningLab;
import io.github.taplab.internal.timeline.Event;
import io.github.taplab.internal.timeline.Event.Phase;
import io.github.taplab.internal.timeline.Event.Step;
import io.github.taplab.internal.timeline.Event.TestBegan;
import io.github.taplab.node.Client;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.node.Undo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens in a lab is on its timeline: the phases of its start, its tests, and what they ask. */
@LabContainer
@MacvtapVm
@SuppressWarnings("try") // A fault is there as long as its block lasts.
class TimelineLabTests {

    private static List<Event> events(Lab lab) {
        return Behind.of(RunningLab.class, lab).timeline().events();
    }

    private static List<String> steps(Lab lab) {
        List<Event> events = events(lab);
        int begin = events.size() - 1;
        while (!(events.get(begin) instanceof TestBegan)) {
            begin--;
        }
        return events.subList(begin, events.size()).stream()
                .filter(Step.class::isInstance)
                .map(Step.class::cast)
                .map(step -> "%s: %s: %s".formatted(step.node(), step.call(), step.result()))
                .toList();
    }

    @Test
    void thePhasesOfItsStartAreThere(Lab lab) {
        assertThat(events(lab))
                .filteredOn(Phase.class::isInstance)
                .extracting(event -> ((Phase) event).what())
                .contains("network", "launcher");
    }

    @Test
    void soIsWhatATestAsksAndDoes(Lab lab, Guest guest, Client client) {
        assertThat(client.ping(guest.ip()).answered()).isTrue();
        try (Undo unused = guest.takeDown(guest.nic())) {
            assertThat(guest.link(guest.nic()).up()).isFalse();
        }

        assertThat(steps(lab))
                .hasSize(5)
                .anyMatch(step -> step.startsWith("guest: ip(): "))
                .anyMatch(step -> step.matches("client: ping\\(198.*\\): answered, 1 of 1 came back"))
                .contains("guest: takeDown(eth0): until it is taken back", "guest: undo of takeDown(eth0): done");
    }

    @Test
    void whatNoTestAsksIsNot(Lab lab, Guest guest) {
        assertThat(steps(lab)).isEmpty();
    }

    /** As where a time-out comes too late: to look at the frames of a test then is no failure of it. */
    @Test
    void aTestMayLeaveItsThreadInterrupted(Client client) {
        assertThat(client.name()).isEqualTo("client");
        assertThat(client.links()).isNotEmpty();

        Thread.currentThread().interrupt();
    }
}
