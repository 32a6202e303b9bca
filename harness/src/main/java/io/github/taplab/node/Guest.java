package io.github.taplab.node;

import io.github.taplab.command.CommandFailedException;
import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.InterfaceIp;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A virtual machine whose NICs are macvtaps of its launcher, or taps on a bridge there. What is said of {@link #nic()}
 * here and in {@link Node} is said of eth0; {@link #on} gives the same guest seen from another NIC.
 */
@API(status = Status.STABLE, since = "0.1.0")
public interface Guest extends Node {

    /** A root shell that needs no network. Asks nobody. */
    GuestShell shell();

    /**
     * The same guest with another interface as its {@link #nic()}.
     *
     * @param nic {@code eth1} for the first of the guest's further NICs
     * @throws IllegalArgumentException if the guest has no such NIC
     */
    Guest on(String nic);

    /** The launcher in which it runs. Asks nobody. */
    Launcher launcher();

    /**
     * The launcher's end of {@link #nic()}: its macvtap, or with {@link Attachment#BRIDGE} its tap on the bridge. One
     * command in the launcher, {@code ip link show dev}, and a question to libvirt or QEMU which interface it is.
     *
     * @throws NotThereException if the NIC is taken out at present, or the launcher has no such interface
     */
    Link macvtap();

    /** Adds another node's IPv4 address to this guest's NIC, and its default route. The other node keeps both. */
    void copyAddressFrom(Node other);

    /**
     * Gives {@link #nic()} a VLAN interface, which is up and has an address: {@code eth0.42} for id 42. What the guest
     * sends through it has an IEEE 802.1Q tag. The macvtap and the lab's network need not know: they pass frames on by
     * their MAC addresses.
     *
     * @param id 1 to 4094
     * @throws IllegalArgumentException if the id is another
     */
    void addVlan(int id, InterfaceIp address);

    /** Removes the VLAN interface with this id from {@link #nic()}, and what addresses and routes it has. */
    void removeVlan(int id);

    /**
     * Pulls the cable of {@link #nic()}: the guest sees its carrier go (QEMU's {@code set_link}), the macvtap stays as
     * it is.
     *
     * @return plugs it in again
     */
    @CheckReturnValue
    Undo unplugCable();

    /**
     * Takes {@link #nic()} out of the running guest (hot-unplug).
     *
     * @return puts a NIC with the same MAC address in again (hot-plug), and gives it the addresses and routes back
     */
    @CheckReturnValue
    Undo hotUnplug();

    /**
     * Takes the running guest to another launcher of its lab (live migration, QEMU's {@code migrate}; libvirt does it
     * peer to peer where it runs the guest). It runs on there with its memory, its MAC and IP addresses and its
     * connections; {@link #launcher()}, {@link #macvtap()} and {@link #console()} are then those of the other launcher.
     *
     * <p>The other launcher gets macvtaps as the guest's were declared. They are down until the guest stands still, and
     * the old ones from then on; those are removed when it runs, and libvirt's own before. Then QEMU announces where
     * its MAC addresses are (RARP, five times within 0.4 s). What passes between the two QEMUs does not take the lab's
     * network. A fault of the guest's frames stays with the old macvtap: take it back before.
     *
     * @param other where it shall run, any launcher of its lab
     * @throws IllegalArgumentException if it runs there already, or that is no launcher of its lab
     * @throws IllegalStateException if it can't: it has a disk (no storage is shared by two launchers), its attachment
     *     is {@code BRIDGE}, a NIC of it is taken out, its lab has {@code scope = REWIND}, or libvirt runs it and it
     *     has to do with a snapshot (take {@code boot = BootMode.COLD}). Also if QEMU or libvirt refuses; the guest
     *     then runs on where it was, or the message says what has become of it
     */
    @API(status = Status.EXPERIMENTAL, since = "0.1.0")
    void migrateTo(Launcher other);

    /**
     * Restarts the guest's system and waits until its agent answers; the NICs then have no addresses.
     *
     * @throws IllegalStateException if it has {@code shell = CONSOLE}, is off or stands still, or does not reboot
     */
    void reboot();

    /**
     * Ends the guest's machine at once, as pulling its plug does (libvirt's {@code destroy}); its disks stay. A macvtap
     * that libvirt has made goes with it, one that was there before stays. A guest that has powered itself off, or
     * whose QEMU has crashed, is off then too. Whoever asks it for something while it is off is told so at once.
     *
     * <p>No lab goes back behind that ({@code scope = REWIND}): what it would go back to ends with the machine.
     *
     * @throws IllegalStateException if it is off already
     */
    void powerOff();

    /**
     * Has a guest boot that is off, and waits until its agent answers. Its NICs have no addresses then, and a macvtap
     * that libvirt has made anew has its parent's MTU. What the console has said until then is gone.
     *
     * @throws IllegalStateException if it is not off, or has {@code shell = CONSOLE}
     */
    void powerOn();

    /**
     * Has the guest stand still, with all that is in its memory (libvirt's {@code suspend}). Its clock stands still
     * too, and is late by as much afterwards. libvirt sets a macvtap down that it has made itself, for as long; to
     * others, and without libvirt, frames go on coming, and wait there.
     *
     * @return has it go on (libvirt's {@code resume}), unless it has been powered off
     * @throws IllegalStateException if it is off, or stands still already
     */
    @CheckReturnValue
    Undo suspend();

    /** The serial console. Asks nobody. */
    Console console();

    /**
     * What its screen shows. A question to libvirt or QEMU, and a command in the launcher that reads the picture.
     *
     * @throws IllegalStateException if it has none: only a guest with an image has a screen
     */
    Screenshot screenshot();

    /**
     * Presses keys of its keyboard at once and releases them.
     *
     * @param keys by QEMU's names (QKeyCode), such as {@code a}, {@code ret}, or {@code ctrl}, {@code alt},
     *     {@code delete}
     * @throws IllegalStateException if QEMU knows no such key
     */
    void pressKeys(String... keys);

    /**
     * The live XML of libvirt's domain, which libvirt is asked for.
     *
     * @throws IllegalStateException if the guest runs without libvirt
     */
    String domainXml();

    /**
     * The command line of the guest's QEMU, whoever started it. Two commands in the launcher.
     *
     * @throws CommandFailedException if QEMU does not run any more
     */
    List<String> commandLine();
}
