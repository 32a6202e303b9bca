package io.github.taplab.internal.guest;

import io.github.taplab.internal.machine.Checkpoint;
import io.github.taplab.internal.machine.NicConfig;
import io.github.taplab.internal.machine.PowerSwitch;
import io.github.taplab.internal.node.RootShell;
import io.github.taplab.node.Launcher;
import io.github.taplab.node.NotThereException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A point to which a guest can go back in its running machine, NICs and their cables included. */
public final class GuestCheckpoint {

    private final GuestBoot boot;
    private final PowerSwitch machine;
    private final int start;
    private final RootShell shell;
    private final Checkpoint checkpoint;
    private final Map<NicConfig, String> macvtaps = new HashMap<>();
    private final Map<NicConfig, Boolean> cables = new LinkedHashMap<>();

    private GuestCheckpoint(GuestBoot boot, PowerSwitch machine, RootShell shell, Checkpoint checkpoint) {
        this.boot = boot;
        this.machine = machine;
        start = machine.starts();
        this.shell = shell;
        this.checkpoint = checkpoint;
        for (NicConfig nic : boot.config().nics()) {
            macvtaps.put(nic, machine.macvtap(nic));
            cables.put(nic, machine.hasCable(nic));
        }
    }

    static GuestCheckpoint take(GuestBoot boot, Launcher launcher, PowerSwitch machine, RootShell shell) {
        String image = "/var/lib/taplab/%s-checkpoint.qcow2".formatted(boot.name());
        launcher.run("qemu-img", "create", "-q", "-f", "qcow2", image, Checkpoint.IMAGE_SIZE);
        return new GuestCheckpoint(boot, machine, shell, Checkpoint.take(boot.name(), machine::monitorCommand, image));
    }

    /**
     * Goes back, and returns when the guest takes commands.
     *
     * @return the macvtaps that it has now in place of others: libvirt gives no name a second time
     * @throws IllegalStateException if its machine has ended or was powered off, or QEMU can't
     */
    public Map<String, String> goBack() {
        requireSameMachine();
        // QEMU leaves one that stands still standing.
        machine.resume();
        // QEMU's backends are not the guest's: what is taken out or unplugged there is no part of what it keeps.
        cables.forEach((nic, cable) -> {
            if (isTakenOut(nic)) {
                machine.plug(nic);
            }
            machine.setLink(nic, cable);
        });
        // QEMU tells of it once a second at most, so it is waited for only by who needs it.
        CompletableFuture<Void> agent = machine.nextAgent();
        boot.goesBack();
        checkpoint.goBack();
        // One that had given up has not yet.
        boot.console().passOver(boot.console().length());
        if (boot.hasCommands()) {
            boot.setClock(machine);
        } else if (boot.hasAgent()) {
            boot.awaitAgent(machine, agent);
            boot.setClock(machine);
        } else {
            shell.run("date", "-s", "@" + Instant.now().getEpochSecond());
        }
        return replaced();
    }

    private void requireSameMachine() {
        if (machine.isOff() || machine.starts() != start) {
            throw new IllegalStateException(
                    "%s was powered off, and the QEMU that kept where it was has ended".formatted(boot.name()));
        }
    }

    private Map<String, String> replaced() {
        Map<String, String> replaced = new HashMap<>();
        macvtaps.replaceAll((nic, before) -> {
            String now = machine.macvtap(nic);
            if (!now.equals(before)) {
                replaced.put(before, now);
            }
            return now;
        });
        return replaced;
    }

    private boolean isTakenOut(NicConfig nic) {
        try {
            machine.macvtap(nic);
            return false;
        } catch (NotThereException e) {
            return true;
        }
    }
}
