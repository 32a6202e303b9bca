package io.github.taplab.internal.fault;

import io.github.taplab.node.Shell;

/**
 * The interface through which all frames of a node pass: for a container its own NIC, for a guest the macvtap in the
 * launcher, where what comes in goes to the guest, and what goes out comes from it.
 *
 * @param shell where the interface is
 * @param link its name there
 * @param shared whether other stations' frames pass it too, as on a launcher's NIC under the macvtaps of its guests
 */
public record Port(Shell shell, String link, boolean shared) {}
