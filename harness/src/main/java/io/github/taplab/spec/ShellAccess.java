package io.github.taplab.spec;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** How commands come into a guest. Neither way is the network under test. */
@API(status = Status.STABLE, since = "0.1.0")
public enum ShellAccess {
    /** Through qemu-guest-agent, which the image needs, with {@code guest-exec} allowed. */
    AGENT,
    /**
     * Over the serial console, by logging in: as root with {@link CustomizeSpec#rootPassword}, or else as the seed's
     * user with {@link SeedSpec#password}, who must be allowed to {@code sudo}; without either as root, with no
     * password. For guests without an agent. Slower, and such a guest can't be told to restart.
     */
    CONSOLE
}
