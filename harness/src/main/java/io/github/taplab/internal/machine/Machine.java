package io.github.taplab.internal.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.taplab.internal.wait.Suppressed;
import io.github.taplab.node.NotThereException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A running virtual machine. */
public interface Machine {

    /** Completes when the guest has opened the agent's port, or fails when the machine stops before. */
    CompletableFuture<Void> agentConnected();

    /** The same for the next time that the guest opens the port. */
    CompletableFuture<Void> nextAgent();

    /**
     * Sends one command to the guest agent.
     *
     * @param json the command
     * @param timeoutSeconds until the answer is given up
     * @return the agent's answer, JSON too
     * @throws IllegalStateException with the agent's own words, or those of what leads to it
     */
    String agentCommand(String json, int timeoutSeconds);

    /**
     * Has the guest's system restart.
     *
     * @return completes when the agent has come back
     */
    CompletableFuture<Void> reboot();

    /** Has its CPUs stand still, and with them all that the guest does. */
    void suspend();

    /** Has it go on from where it stands still. */
    void resume();

    /**
     * Name of the macvtap behind a NIC.
     *
     * @throws NotThereException if the NIC is taken out at present
     */
    String macvtap(NicConfig nic);

    /** Plugs the NIC's cable in or out: what the guest sees as its carrier. */
    void setLink(NicConfig nic, boolean up);

    /** Takes a NIC out of the running guest, and returns when the guest has let it go. */
    void unplug(NicConfig nic);

    /** Puts a NIC back that was taken out. Whether its cable is plugged in is for {@link #setLink} to say. */
    void plug(NicConfig nic);

    /** Path of the terminal in the launcher that is the other end of the guest's serial line. */
    String console();

    /**
     * Sends one command to QEMU's monitor (QEMU Machine Protocol).
     *
     * @return what QEMU returns
     * @throws IllegalStateException if QEMU refuses, with its reason
     */
    JsonNode monitorCommand(String command, Map<String, ?> arguments);

    /** Ends it at once, whatever it does, and returns when it has ended. */
    void kill();

    /** The same because of a failure, which is told whatever becomes of this. */
    default void killAfter(RuntimeException failure) {
        try {
            kill();
        } catch (RuntimeException notEnded) {
            Suppressed.add(failure, notEnded);
        }
    }

    /** What it was started from, for people: libvirt's live XML, or QEMU's command line. */
    String description();

    /** What is known of its end, if it has ended in this second: "guest on launcher has stopped: …". */
    Optional<String> end();

    /**
     * What has become of the daemon that runs it, with the last lines of its log, if that is gone or silent. A machine
     * that runs without one has none.
     */
    Optional<String> lostDaemon();

    /**
     * What is to be said where the guest does not answer: that the machine has ended and how, or else the state of its
     * QEMU, and the last lines of its logs.
     *
     * @param how it is noticed; left out where the machine has ended
     * @param asked what the guest was asked for
     */
    String silence(String how, String asked);

    /** Where the process id of its QEMU is, in the launcher. */
    String pidFile();
}
