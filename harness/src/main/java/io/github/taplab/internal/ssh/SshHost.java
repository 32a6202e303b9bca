package io.github.taplab.internal.ssh;

/**
 * What is needed to log in to a guest and to know that it is this guest.
 *
 * @param name of the guest
 * @param hostKey the public key of its SSH server, read out of band
 * @param labKey whose public half the guest accepts
 */
public record SshHost(String name, HostKey hostKey, LabKey labKey) {}
