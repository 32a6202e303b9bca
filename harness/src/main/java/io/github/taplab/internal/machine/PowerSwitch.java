package io.github.taplab.internal.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.node.NotThereException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A machine with its switch: it can be powered off and on again, and stand still in between. Whoever has it keeps it,
 * although each power-on starts another QEMU. The same holds for the cables of its NICs: who starts a QEMU or plugs a
 * NIC in knows only what was declared of them.
 */
public final class PowerSwitch implements Machine {

    private enum Power {
        ON(""),
        STANDS_STILL("its test has suspended it, until the Undo of suspend() is closed"),
        OFF("its test has powered it off, powerOn() has it boot again");

        private final String words;

        Power(String words) {
            this.words = words;
        }
    }

    private final MachineConfig config;
    private final Map<NicConfig, Boolean> cables = new ConcurrentHashMap<>();
    private volatile Function<MachineConfig, Machine> starter;
    private volatile Machine present;
    private volatile Power power = Power.ON;
    private volatile int starts = 1;

    /**
     * The switch of a machine that runs.
     *
     * @param config how it was started
     * @param starter starts it once more
     */
    public PowerSwitch(MachineConfig config, Machine running, Function<MachineConfig, Machine> starter) {
        this.config = config;
        this.present = running;
        this.starter = starter;
    }

    /** Whether it takes commands, as far as its test is concerned. It may have ended by itself. */
    public boolean isOn() {
        return power == Power.ON;
    }

    /** Whether its test has powered it off. */
    public boolean isOff() {
        return power == Power.OFF;
    }

    /** How often it has been started: each start has its own QEMU, with nothing of the one before but its disks. */
    public int starts() {
        return starts;
    }

    /**
     * Refuses what nobody would answer.
     *
     * @param asked what the guest is asked for
     * @throws IllegalStateException if it is off or stands still
     */
    public void requireOn(String asked) {
        if (!isOn()) {
            throw new IllegalStateException(
                    "%s takes no command: %s; asked for: %s".formatted(config.name(), power.words, asked));
        }
    }

    /** Ends the machine at once, as pulling the plug does. One that has ended by itself is off then too. */
    public synchronized void powerOff() {
        Machine running = running("powerOff()");
        try {
            running.kill();
        } catch (IllegalStateException e) {
            if (running.end().isEmpty()) {
                throw e;
            }
        }
        power = Power.OFF;
    }

    /**
     * Starts it again, from its disks.
     *
     * @return completes when the guest has opened the agent's port
     * @throws IllegalStateException if it runs
     */
    public synchronized CompletableFuture<Void> powerOn() {
        if (!isOff()) {
            if (present.end().isEmpty()) {
                throw new IllegalStateException(config.name() + " is not off: powerOff() ends its machine");
            }
            // One that has ended by itself may have left what would be in the way of the next.
            powerOff();
        }
        present = starter.apply(config.with(new Memory.Own()));
        starts++;
        power = Power.ON;
        config.nics().stream()
                .filter(nic -> hasCable(nic) != nic.spec().linkUp())
                .forEach(nic -> present.setLink(nic, hasCable(nic)));
        return present.agentConnected();
    }

    @Override
    public synchronized void suspend() {
        requireOn("suspend()");
        present.suspend();
        power = Power.STANDS_STILL;
    }

    /** Has it go on, if it stands still: one that has been powered off in the meantime stays off. */
    @Override
    public synchronized void resume() {
        if (power == Power.STANDS_STILL) {
            present.resume();
            power = Power.ON;
        }
    }

    /**
     * The machine itself, for what concerns its QEMU, as a migration does.
     *
     * @param asked what the guest is asked for
     * @throws IllegalStateException if it is off or stands still
     */
    public Machine itself(String asked) {
        requireOn(asked);
        return present;
    }

    /**
     * Another machine runs the guest from now on, as after a migration.
     *
     * @param elsewhere starts it once more
     */
    public synchronized void moved(Machine there, Function<MachineConfig, Machine> elsewhere) {
        present = there;
        starter = elsewhere;
    }

    /** The machine, which may stand still. */
    private Machine running(String asked) {
        if (isOff()) {
            requireOn(asked);
        }
        return present;
    }

    @Override
    public CompletableFuture<Void> agentConnected() {
        return present.agentConnected();
    }

    @Override
    public CompletableFuture<Void> nextAgent() {
        return present.nextAgent();
    }

    @Override
    public String agentCommand(String json, int timeoutSeconds) {
        return itself(AgentQuestion.name(json)).agentCommand(json, timeoutSeconds);
    }

    @Override
    public CompletableFuture<Void> reboot() {
        return itself("a reboot").reboot();
    }

    @Override
    public String macvtap(NicConfig nic) {
        if (isOff()) {
            throw new NotThereException("%s has no NIC: %s".formatted(config.name(), power.words));
        }
        return present.macvtap(nic);
    }

    /** Whether the cable of a NIC is plugged in: as it was set last, or else as it was declared. */
    public boolean hasCable(NicConfig nic) {
        return cables.getOrDefault(nic, nic.spec().linkUp());
    }

    /** Plugs a cable in or out. It stays like that, whatever becomes of the machine and the NIC. */
    @Override
    public void setLink(NicConfig nic, boolean up) {
        // First: the machine may be off, or have no such NIC at present.
        cables.put(nic, up);
        running("the link of a NIC").setLink(nic, up);
    }

    @Override
    public void unplug(NicConfig nic) {
        itself("a NIC to be taken out").unplug(nic);
    }

    @Override
    public void plug(NicConfig nic) {
        Machine running = running("a NIC to be put in");
        running.plug(nic);
        running.setLink(nic, hasCable(nic));
    }

    @Override
    public String console() {
        return running("its console").console();
    }

    @Override
    public JsonNode monitorCommand(String command, Map<String, ?> arguments) {
        return running("its monitor's answer to " + command).monitorCommand(command, arguments);
    }

    @Override
    public void kill() {
        present.kill();
    }

    @Override
    public String description() {
        return running("its description").description();
    }

    @Override
    public Optional<String> end() {
        return isOff() ? Optional.of("%s is off: %s".formatted(config.name(), power.words)) : present.end();
    }

    @Override
    public Optional<String> lostDaemon() {
        return present.lostDaemon();
    }

    @Override
    public String silence(String how, String asked) {
        return isOn()
                ? present.silence(how, asked)
                : "%s takes no command: %s; asked for: %s".formatted(config.name(), power.words, asked);
    }

    @Override
    public String pidFile() {
        return present.pidFile();
    }
}
