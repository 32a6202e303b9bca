package io.github.taplab.samples.delivery;

import io.github.taplab.command.CommandResult;
import io.github.taplab.node.Launcher;
import org.junit.jupiter.api.Assumptions;

/** What kinds of interfaces the kernel of the Docker host has; it is the kernel of all containers. */
final class LinkTypes {

    private LinkTypes() {}

    /** Skips the test where the kernel has no such kind, with the kernel's own words. */
    static void assume(Launcher launcher, String type, String module, String... options) {
        String line = "ip link add %s name probe type %s %s && ip link delete probe"
                .formatted(type.equals("vlan") ? "link eth0" : "", type, String.join(" ", options));
        CommandResult tried = launcher.tryRun("/bin/sh", "-c", line);
        Assumptions.assumeTrue(
                tried.succeeded(),
                () -> "The kernel of the Docker host has no %s (module %s): %s"
                        .formatted(type, module, tried.stderr().strip()));
    }
}
