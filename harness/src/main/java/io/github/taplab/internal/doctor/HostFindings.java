package io.github.taplab.internal.doctor;

import io.github.taplab.internal.config.SettingNames;
import io.github.taplab.internal.docker.EngineAbout;
import io.github.taplab.internal.docker.EngineSize;
import io.github.taplab.internal.doctor.LocalKernel.Module;
import io.github.taplab.internal.preflight.HostFacts;
import io.github.taplab.internal.preflight.Preflight;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is found of an engine and its host: pure functions of what they say. */
final class HostFindings {

    static final String MACVTAP = "macvtap";
    static final String KVM = "KVM";
    private static final String VHOST = "vhost-net";
    private static final String ASKED_FOR = SettingNames.ACCELERATION + "=tcg";
    // A launcher, a client, a gateway and a guest of 128 MiB, as labs are counted, within three quarters of the memory.
    private static final long SMALLEST_MIB = 320;
    private static final Pattern DOCKER_20 = Pattern.compile("20\\.10\\.(\\d{1,4})");
    private static final int FIRST_WITHOUT_DEADLOCK = 27;

    private HostFindings() {}

    /** What the engine says. */
    static List<Finding> of(EngineAbout engine, String place) {
        return List.of(
                version(engine, place),
                // A rootless one is refused when it is found.
                Finding.ok("Engine's user", "root"),
                Finding.ok("Docker host", "Linux %s, %s".formatted(engine.kernel(), engine.architecture())),
                size(engine.size()));
    }

    private static Finding version(EngineAbout engine, String place) {
        String what = "Docker engine";
        String found = "%s %s, Docker API %s: %s".formatted(engine.name(), engine.version(), engine.api(), place);
        Matcher old = DOCKER_20.matcher(engine.version());
        boolean locksUp = old.lookingAt() && Integer.parseInt(old.group(1)) < FIRST_WITHOUT_DEADLOCK;
        return locksUp
                ? Finding.note(
                        what,
                        found,
                        "update it to 20.10.%d or later: while containers end it can lock itself up (moby#46661)"
                                .formatted(FIRST_WITHOUT_DEADLOCK))
                : Finding.ok(what, found);
    }

    private static Finding size(EngineSize size) {
        String what = "Memory and cores";
        String found = "%d MiB, %d cores".formatted(size.mib(), size.cores());
        return size.mib() < SMALLEST_MIB
                ? Finding.note(
                        what,
                        found,
                        "a lab with one small guest takes some %d MiB: give the Docker host more"
                                .formatted(SMALLEST_MIB))
                : Finding.ok(what, found);
    }

    /** What a container of the lab image has seen. */
    static List<Finding> of(HostFacts facts) {
        return List.of(
                Finding.ok(MACVTAP, "the kernel makes them, major number %d".formatted(facts.macvtapMajor())),
                facts.kvm() ? Finding.ok(KVM, "guests run under it") : noKvm(facts.kvmReason()),
                facts.vhost()
                        ? Finding.ok(VHOST, "there is one")
                        : Finding.note(
                                VHOST,
                                "none: QEMU moves the frames itself",
                                "only specs with backend = VHOST need it: modprobe vhost_net on the Docker host"));
    }

    private static Finding noKvm(String reason) {
        if (reason.equals(ASKED_FOR)) {
            return Finding.ok(KVM, "not tried, guests are emulated: " + reason);
        }
        String[] reasonAndRemedy = reason.split("; ", 2);
        return Finding.note(
                KVM,
                "guests are emulated: " + reasonAndRemedy[0],
                reasonAndRemedy.length == 2
                        ? reasonAndRemedy[1]
                        : "another machine, whose KVM boots a guest; taplab.acceleration=tcg spares the trial here");
    }

    /**
     * What can be said while there is no lab image.
     *
     * @param engine the Docker host's
     * @param local this machine's
     */
    static List<Finding> of(EngineAbout engine, LocalKernel local) {
        String later = "not known before the lab image is there: the first lab builds it, and looks";
        if (!engine.kernel().equals(local.release())) {
            return List.of(Finding.note(MACVTAP, later, ""), Finding.note(KVM, later, ""));
        }
        return List.of(
                macvtap(local, later),
                local.kvm()
                        ? Finding.ok(KVM, "/dev/kvm is there; the first lab tries out whether it works")
                        : noKvm(Preflight.noKvm()));
    }

    private static Finding macvtap(LocalKernel local, String later) {
        if (local.macvtap() == Module.ABSENT) {
            String message = Preflight.noMacvtap(Map.of(
                            "kernel", local.release(), "macvtap.error", "not in /lib/modules/" + local.release()))
                    .getMessage();
            return Finding.missing(MACVTAP, String.valueOf(message), ". ", "");
        }
        return switch (local.macvtap()) {
            case LOADED -> Finding.ok(MACVTAP, "its module is loaded");
            case THERE -> Finding.ok(MACVTAP, "the kernel has the module, and loads it when it is needed");
            default -> Finding.note(MACVTAP, later, "");
        };
    }
}
