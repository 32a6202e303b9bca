package io.github.taplab.samples.images;

import io.github.taplab.LabContainer;
import io.github.taplab.LabScope;
import io.github.taplab.MacvtapVm;
import io.github.taplab.node.Guest;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.GuestAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestReporter;

/** How long guests take to boot. No test of anything: {@code ci/bench} runs it, {@code mvn verify} does not. */
class BootBench {

    private static final int TIMES = 3;

    @LabContainer(scope = LabScope.METHOD)
    @MacvtapVm(boot = BootMode.COLD, address = GuestAddress.NONE)
    @DisplayName("The small guest")
    static class SmallGuest {

        @RepeatedTest(value = TIMES, name = "{currentRepetition} of {totalRepetitions}")
        void boots(Guest guest, TestReporter reporter) {
            BootPhases.of(guest).report("small guest ", reporter);
        }
    }

    @LabContainer(scope = LabScope.METHOD)
    @MacvtapVm(image = "debian-cloud", cpus = 2, boot = BootMode.COLD, address = GuestAddress.NONE)
    @DisplayName("A guest from a cloud image, with a seed")
    static class CloudImage {

        @RepeatedTest(value = TIMES, name = "{currentRepetition} of {totalRepetitions}")
        void boots(Guest guest, TestReporter reporter) {
            BootPhases.of(guest).report("debian-cloud", reporter);
        }
    }
}
