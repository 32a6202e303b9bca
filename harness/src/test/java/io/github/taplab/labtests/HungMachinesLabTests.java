package io.github.taplab.labtests;

import static io.github.taplab.assertions.LabAssertions.assertThat;
import static io.github.taplab.assertions.LabAssertions.assertThatThrownBy;

import io.github.taplab.LabContainer;
import io.github.taplab.MacvtapVm;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.node.Guest;
import io.github.taplab.node.Lab;
import io.github.taplab.spec.Attachment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not answer, though it is there: nobody waits for it without end, and each is told by its signs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@LabContainer
@MacvtapVm(name = "direct", attachment = Attachment.DIRECT)
@MacvtapVm(name = "bare", attachment = Attachment.QEMU)
@Order(5) // One of the longest, so among the first: the last one would run alone.
class HungMachinesLabTests {

    /** As JUnit's timeout interrupts; the answer that comes late is not taken for the next one's. */
    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(1)
    @Timeout(120)
    void anInterruptEndsACommandAtOnceAndTheNextOneIsAnswered(String name, Lab lab) {
        Guest guest = lab.guest(name);
        Thread test = Thread.currentThread();
        AtomicLong interrupted = new AtomicLong();
        CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS).execute(() -> {
            interrupted.set(System.nanoTime());
            test.interrupt();
        });

        assertThatThrownBy(() -> guest.run("sleep", "60")).isInstanceOf(InterruptedWaitException.class);

        // Else it would go on for a minute.
        assertThat(Duration.ofNanos(System.nanoTime() - interrupted.get())).isLessThan(Duration.ofSeconds(20));
        assertThat(Thread.interrupted()).isTrue();
        for (int number = 0; number < 3; number++) {
            assertThat(guest.run("echo", "answer", Integer.toString(number))).printed("answer " + number);
        }
    }

    @ParameterizedTest
    @CsvSource({"direct,/run/libvirt/qemu/direct.pid", "bare,/run/bare.pid"})
    @Order(2)
    @Timeout(120)
    void aStoppedQemuIsSaidToBeStoppedAndUsedAgainWhenItGoesOn(String name, String pidFile, Lab lab) {
        Guest guest = lab.guest(name);
        lab.launcher().sh("kill -STOP $(cat %s)".formatted(pidFile));
        try {
            assertThatThrownBy(() -> guest.run("true"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching(
                            "(?s)The command port of %1$s does not answer: %1$s runs true: nothing has gone on"
                                            .formatted(name)
                                    + " for 30000 ms, last seen: no answer; asked for: true; its QEMU on launcher is"
                                    + " stopped \\(T\\), process \\d+; the last lines of /var/log/taplab/%s-console.log.*"
                                            .formatted(name));
        } finally {
            lab.launcher().sh("kill -CONT $(cat %s)".formatted(pidFile));
        }

        assertThat(guest.run("echo", "on")).printed("on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(3)
    @Timeout(120)
    void whatRunsCommandsIsNotWaitedForWithoutEnd(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.console().type("\nkill -STOP $(pidof commands); echo commands-are-$?\n");
        guest.console().awaitLine("commands-are-0", Duration.ofSeconds(30));

        assertThatThrownBy(() -> guest.run("true"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(
                        "(?s)The command port of %1$s does not answer: %1$s runs true: nothing has gone on for"
                                        .formatted(name)
                                + " 30000 ms, last seen: no answer; asked for: true; its QEMU on launcher is [a-z]+"
                                + " \\([SR]\\), process \\d+; the last lines of /var/log/taplab/%s-console.log.*commands-are-0.*"
                                        .formatted(name));
        guest.console().type("\nkill -CONT $(pidof commands); echo on-$?\n");
        guest.console().awaitLine("on-0", Duration.ofSeconds(30));
        assertThat(guest.run("echo", "on")).printed("on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(4)
    @Timeout(120)
    void commandsNeedNoAgent(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.sh("kill -KILL $(pidof qemu-ga)");

        assertThat(guest.run("echo", "on")).printed("on");
    }

    /** A panic is told by the last lines of the console, which are in the message. */
    @ParameterizedTest
    @ValueSource(strings = {"direct", "bare"})
    @Order(5)
    @Timeout(120)
    void aPanicIsInTheMessage(String name, Lab lab) {
        Guest guest = lab.guest(name);
        guest.console().type("echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger\n");
        guest.console().awaitLine("end Kernel panic", Duration.ofSeconds(30));

        assertThatThrownBy(() -> guest.run("true"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The command port of " + name)
                .hasMessageContaining("Kernel panic - not syncing: sysrq triggered crash");
    }
}
