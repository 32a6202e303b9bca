package io.github.taplab.internal.node;

import io.github.taplab.internal.ssh.SshHost;

/** A node with an SSH server whose host key was read out of band. */
public interface SshTarget {

    SshHost sshHost();
}
