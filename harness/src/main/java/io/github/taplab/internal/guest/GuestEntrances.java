package io.github.taplab.internal.guest;

import io.github.taplab.internal.machine.Machine;
import io.github.taplab.internal.node.Entrance;
import io.github.taplab.internal.node.LauncherHandle;
import io.github.taplab.node.Launcher;
import java.util.List;

/** The ways into a guest for a person: its serial line, and what passes its macvtap. */
final class GuestEntrances {

    private final GuestBoot boot;
    private final Machine machine;

    GuestEntrances(GuestBoot boot, Machine machine) {
        this.boot = boot;
        this.machine = machine;
    }

    /**
     * The ways into it now.
     *
     * @param macvtap of one of its NICs
     */
    List<Entrance> through(Launcher launcher, String macvtap) {
        if (!(launcher instanceof LauncherHandle known)) {
            throw new IllegalArgumentException(launcher.name() + " is no launcher of a lab");
        }
        String container = known.container().name();
        return List.of(console(container), Entrance.capture(container, macvtap));
    }

    // A serial line has one far end: who shares it with Taplab's own shell gets every other word.
    private Entrance console(String container) {
        return boot.hasAgent()
                ? Entrance.terminal(container, machine.console(), login())
                : Entrance.log(
                        container,
                        boot.config().consoleLog(),
                        "its console can be read, and is where the test's commands are typed (shell = CONSOLE)");
    }

    private String login() {
        if (boot.isSmall()) {
            return "";
        }
        return boot.hasPassword()
                ? ", log in as %s with the spec's password".formatted(boot.login())
                : ", and nobody can log in there: give the guest a password (@Seed(password = …))";
    }
}
