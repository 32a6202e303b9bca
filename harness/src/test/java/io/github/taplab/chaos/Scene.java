package io.github.taplab.chaos;

import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.internal.wait.Waiting;
import io.github.taplab.spec.Attachment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a round's fault is done to. */
final class Scene {

    // A machine with many labs on it starts a container within seconds.
    private static final Duration SLOWEST_START = Patience.of(Duration.ofSeconds(60));
    // A QEMU that libvirt asks what it can do has none.
    private static final String GUESTS_QEMU = "-kernel";
    private static final String NO_INIT = " rdinit=/nonexistent";

    private final Round round;
    private final ExperimentJvm jvm;
    private final Engine engine;
    private final @Nullable CuttingProxy proxy;
    private final @Nullable OwnEngine ownEngine;

    Scene(Round round, ExperimentJvm jvm, Engine engine, @Nullable CuttingProxy proxy, @Nullable OwnEngine ownEngine) {
        this.round = round;
        this.jvm = jvm;
        this.engine = engine;
        this.proxy = proxy;
        this.ownEngine = ownEngine;
    }

    ExperimentJvm jvm() {
        return jvm;
    }

    OwnEngine ownEngine() {
        if (ownEngine == null) {
            throw new IllegalStateException(round.kind().title() + " needs an engine of its own");
        }
        return ownEngine;
    }

    /** Waits until the moment is there, or will not come any more. */
    void await(Moment moment) {
        switch (moment) {
            case JVM_STARTS -> {}
            case LAB_STARTS -> until(moment, () -> !engine.networks(jvm.label()).isEmpty());
            case GUEST_BOOTS -> until(moment, () -> guestsQemu().isPresent());
            default -> jvm.awaitMarker(moment);
        }
        jvm.pause(round.pause());
    }

    private void until(Moment moment, Waiting.Call<Boolean, RuntimeException> reached) {
        Waiting.until(
                moment.words() + ", or the JVM has ended",
                SLOWEST_START,
                () -> jvm.isOver() || reached.answer(),
                there -> there);
    }

    /** In words, for the report. */
    String state() {
        if (!jvm.isAlive()) {
            return "the JVM has ended";
        }
        Optional<String> marker = jvm.lastMarker();
        List<Engine.Box> boxes = engine.containers(jvm.label());
        if (marker.isPresent() && !marker.get().equals(Moment.TEARDOWN.words())) {
            return marker.get();
        }
        boolean launcher = boxes.stream().anyMatch(box -> box.name().endsWith("-launcher") && box.isRunning());
        if (marker.isPresent()) {
            return "teardown, launcher " + (launcher ? "runs" : "gone");
        }
        if (!launcher) {
            return engine.networks(jvm.label()).isEmpty()
                    ? "nothing of the lab is there"
                    : "network there, launcher not yet";
        }
        return guestsQemu().isPresent() ? "the guest boots" : "launcher runs, QEMU not yet";
    }

    private Optional<Engine.Box> running(String node) {
        return engine.containers(jvm.label()).stream()
                .filter(box -> box.name().endsWith("-" + node) && box.isRunning())
                .findFirst();
    }

    /** A fault at the lab's start comes as soon as its target is there. */
    private Optional<Engine.Box> target(String node) {
        if (round.moment() == Moment.LAB_STARTS) {
            try {
                until(round.moment(), () -> running(node).isPresent());
            } catch (DeadlineExceededException e) {
                return Optional.empty();
            }
        }
        return running(node);
    }

    boolean killContainer(String node) {
        return target(node).map(box -> engine.kill(box.id())).orElse(false);
    }

    boolean pauseContainer(String node) {
        return target(node).map(box -> engine.pause(box.id())).orElse(false);
    }

    /** Signals all processes of a container that have this name. */
    boolean signal(String node, String process, String signal) {
        return target(node)
                .map(box -> engine.exec(box.id(), """
                        for comm in /proc/[0-9]*/comm; do
                          read -r name <"$comm" || continue
                          [ "$name" = "$1" ] || continue
                          pid=${comm#/proc/}
                          kill -s "$2" "${pid%/comm}" && echo hit
                        done
                        """, process, signal))
                .orElse("")
                .contains("hit");
    }

    boolean cutLease(String node) {
        return target(node).map(box -> proxy().cutLease(box.id())).orElse(false);
    }

    private CuttingProxy proxy() {
        if (proxy == null) {
            throw new IllegalStateException(round.kind().title() + " needs a proxy");
        }
        return proxy;
    }

    boolean fillDisk() {
        Optional<Engine.Box> launcher = target("launcher");
        if (launcher.isEmpty()) {
            return false;
        }
        // In steps of a block: a last megabyte that does not fit is not written at all.
        String said = engine.exec(
                launcher.get().id(),
                "cat /dev/zero >/fill; for i in 1 2 3; do cat /dev/zero >/fill$i; done 2>&1 | head -n 1");
        return said.contains("No space left");
    }

    /** Has the guest's kernel find no init: it panics. The kernel's command line is a file of the launcher. */
    boolean panicAtBoot() {
        Optional<Engine.Box> launcher = target("launcher");
        if (launcher.isEmpty()) {
            return false;
        }
        engine.exec(launcher.get().id(), "printf %s \"$1\" >>/usr/share/taplab/guest/cmdline", NO_INIT);
        try {
            return Waiting.until(
                            "the guest boots, or the JVM has ended",
                            SLOWEST_START,
                            this::guestsQemu,
                            seen -> seen.isPresent() || jvm.isOver())
                    .filter(command -> command.contains(NO_INIT))
                    .isPresent();
        } catch (DeadlineExceededException e) {
            return false;
        }
    }

    private Optional<String> guestsQemu() {
        return engine.commandLine(jvm.label(), GUESTS_QEMU);
    }

    boolean resetAgainAndAgain() {
        String reset = round.attachment() == Attachment.QEMU
                ? "echo system_reset | socat - UNIX-CONNECT:/run/guest.monitor"
                : "virsh reset guest";
        return target("launcher")
                .map(box -> engine.exec(
                        box.id(),
                        "%s >/dev/null 2>&1 && echo hit; (while sleep 1; do %s; done) </dev/null >/dev/null 2>&1 &"
                                .formatted(reset, reset)))
                .orElse("")
                .contains("hit");
    }
}
