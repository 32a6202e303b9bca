package io.github.taplab.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.taplab.node.NotThereException;
import io.github.taplab.spec.GuestSpec;
import io.github.taplab.spec.MacAddress;
import io.github.taplab.spec.NicSpec;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PowerSwitchTests {

    private static final NicConfig NIC =
            new NicConfig(NicSpec.builder().build(), 0, MacAddress.of("02:9e:00:00:00:05"), "eth0", "macvtap0", false);
    private static final NicConfig WITHOUT_CABLE = new NicConfig(
            NicSpec.builder().linkUp(false).build(), 1, MacAddress.of("02:9e:00:00:00:06"), "eth0", "macvtap1", false);
    private static final MachineConfig CONFIG = new MachineConfig(
            GuestSpec.named("db"),
            List.of(NIC, WITHOUT_CABLE),
            Platform.AMD64,
            false,
            new Boot.Kernel("/kernel", "/initrd", ""),
            "/db.log",
            new Memory.Shared(new SnapshotFiles("/s")));

    private final List<String> done = new ArrayList<>();
    private final List<MachineConfig> started = new ArrayList<>();
    private Optional<String> end = Optional.empty();
    private Optional<RuntimeException> refusal = Optional.empty();
    private final PowerSwitch power = new PowerSwitch(CONFIG, machine("first"), config -> {
        refusal.ifPresent(why -> {
            throw why;
        });
        started.add(config);
        end = Optional.empty();
        return machine("second");
    });

    /** A machine that notes what it is told. */
    private Machine machine(String name) {
        return (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("end")) {
                        return end;
                    }
                    done.add("%s %s".formatted(name, noted(method.getName(), arguments)));
                    if (method.getName().equals("kill") && end.isPresent()) {
                        throw new IllegalStateException(end.get());
                    }
                    return switch (method.getName()) {
                        case "agentConnected" -> CompletableFuture.completedFuture(null);
                        case "macvtap", "silence", "agentCommand" -> name;
                        default -> null;
                    };
                });
    }

    private static String noted(String method, Object[] arguments) {
        return method.equals("setLink")
                ? "has eth%d %s"
                        .formatted(((NicConfig) arguments[0]).index(), arguments[1].equals(true) ? "up" : "down")
                : method;
    }

    @Test
    void powerOffEndsTheMachineAndPowerOnBootsAnother() {
        power.powerOff();
        assertThat(power.isOff()).isTrue();

        assertThat(power.powerOn()).isCompleted();
        assertThat(power.isOn()).isTrue();
        assertThat(done).containsExactly("first kill", "second agentConnected");
        assertThat(power.starts()).isEqualTo(2);
        assertThat(power.macvtap(NIC)).isEqualTo("second");
    }

    @Test
    void whatBootsAgainGoesOnFromNoSnapshot() {
        power.powerOff();
        assertThat(power.powerOn()).isCompleted();

        assertThat(started).singleElement().satisfies(again -> {
            assertThat(again.goesOnFrom()).isEmpty();
            assertThat(again.nics()).containsExactly(NIC, WITHOUT_CABLE);
        });
    }

    @Test
    void aNicThatIsPluggedInAgainHasTheCableThatItHad() {
        power.plug(NIC);
        power.plug(WITHOUT_CABLE);
        assertThat(done).containsExactly("first plug", "first has eth0 up", "first plug", "first has eth1 down");

        power.setLink(NIC, false);
        power.setLink(WITHOUT_CABLE, true);
        done.clear();
        power.plug(NIC);
        power.plug(WITHOUT_CABLE);
        assertThat(done).containsExactly("first plug", "first has eth0 down", "first plug", "first has eth1 up");
    }

    @Test
    void anotherMachineHasTheCablesOfTheOneBefore() {
        power.setLink(NIC, false);
        power.powerOff();
        done.clear();

        assertThat(power.powerOn()).isCompleted();

        assertThat(done).containsExactly("second has eth0 down", "second agentConnected");
        assertThat(power.hasCable(NIC)).isFalse();
        assertThat(power.hasCable(WITHOUT_CABLE)).isFalse();
    }

    @Test
    void aCableCanBePluggedInWhileTheMachineIsOff() {
        power.setLink(NIC, false);
        power.powerOff();
        assertThatIllegalStateException()
                .isThrownBy(() -> power.setLink(NIC, true))
                .withMessageEndingWith("asked for: the link of a NIC");
        done.clear();

        assertThat(power.powerOn()).isCompleted();

        assertThat(done).containsExactly("second agentConnected");
        assertThat(power.hasCable(NIC)).isTrue();
    }

    @Test
    void whoAsksAMachineThatIsOffIsToldSoAtOnce() {
        power.powerOff();
        done.clear();

        assertThatIllegalStateException()
                .isThrownBy(() -> power.agentCommand("{\"execute\":\"guest-ping\"}", 30))
                .withMessage(
                        "db takes no command: its test has powered it off, powerOn() has it boot again; asked for: guest-ping");
        assertThatIllegalStateException()
                .isThrownBy(() -> power.monitorCommand("query-status", Map.of()))
                .withMessageEndingWith("asked for: its monitor's answer to query-status");
        assertThatExceptionOfType(NotThereException.class)
                .isThrownBy(() -> power.macvtap(NIC))
                .withMessage("db has no NIC: its test has powered it off, powerOn() has it boot again");
        assertThat(power.end()).contains("db is off: its test has powered it off, powerOn() has it boot again");
        assertThat(power.silence("no answer", "ip link"))
                .isEqualTo(
                        "db takes no command: its test has powered it off, powerOn() has it boot again; asked for: ip link");
        assertThat(done).isEmpty();
    }

    @Test
    void whatStandsStillTakesNoCommandAndHasItsMacvtap() {
        power.suspend();

        assertThatIllegalStateException()
                .isThrownBy(() -> power.requireOn("ip link"))
                .withMessage(
                        "db takes no command: its test has suspended it, until the Undo of suspend() is closed; asked for: ip link");
        assertThatIllegalStateException().isThrownBy(power::reboot);
        assertThatIllegalStateException().isThrownBy(power::suspend);
        assertThat(power.macvtap(NIC)).isEqualTo("first");

        power.resume();
        assertThat(power.agentCommand("{}", 30)).isEqualTo("first");
    }

    @Test
    void nothingGoesOnThatDoesNotStandStill() {
        power.resume();
        assertThat(done).isEmpty();

        power.suspend();
        power.powerOff();
        power.resume();
        assertThat(power.isOff()).isTrue();
        assertThat(done).containsExactly("first suspend", "first kill");
    }

    @Test
    void whatHasEndedByItselfCanBePoweredOffAndOn() {
        end = Optional.of("its guest has powered off");
        power.powerOff();
        assertThat(power.powerOn()).isCompleted();
        assertThat(power.isOn()).isTrue();

        done.clear();
        end = Optional.of("killed by a signal");
        assertThat(power.powerOn()).isCompleted();
        assertThat(power.starts()).isEqualTo(3);
        // What it has left is no more in the way.
        assertThat(done).startsWith("second kill");
    }

    @Test
    void whatRunsIsNotPoweredOnAndWhatIsOffNotOff() {
        assertThatIllegalStateException()
                .isThrownBy(power::powerOn)
                .withMessage("db is not off: powerOff() ends its machine");

        power.powerOff();
        assertThatIllegalStateException().isThrownBy(power::powerOff).withMessageEndingWith("asked for: powerOff()");
    }

    @Test
    void whatCouldNotBeStartedIsOff() {
        power.powerOff();
        refusal = Optional.of(new IllegalStateException("no memory"));

        assertThatIllegalStateException().isThrownBy(power::powerOn).withMessage("no memory");
        assertThat(power.isOff()).isTrue();

        refusal = Optional.empty();
        assertThat(power.powerOn()).isCompleted();
        assertThat(power.isOn()).isTrue();
    }
}
