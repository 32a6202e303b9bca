package io.github.taplab.internal.lab;

import io.github.taplab.command.CommandResult;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Suppressed;
import io.github.taplab.node.Launcher;
import io.github.taplab.spec.GuestSpec;
import java.time.Duration;
import java.util.Optional;

/** A file of the launcher that is the memory of a guest of which a snapshot is made. */
final class MemoryFile {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final GuestSpec guest;
    private final Launcher launcher;
    private final Duration deadline;

    /**
     * That of a guest; there is none yet.
     *
     * @param deadline how long it may take to write it
     */
    MemoryFile(GuestSpec guest, Launcher launcher, Duration deadline) {
        this.guest = guest;
        this.launcher = launcher;
        this.deadline = deadline;
    }

    /** Where it is. */
    String path() {
        return "/var/lib/taplab/%s-memory".formatted(guest.name());
    }

    /**
     * Makes room for it.
     *
     * @return why there is none; what was written of it is removed then, since the guest that boots instead needs the
     *     room for its disk
     */
    // A page of a file that finds no room on a full disk ends QEMU with SIGBUS, in the middle of a boot or later. That
    // was seen again where room was only reserved (fallocate), so it is written.
    Optional<IllegalStateException> reserve() {
        Optional<IllegalStateException> roomless = written();
        roomless.ifPresent(this::remove);
        return roomless;
    }

    private Optional<IllegalStateException> written() {
        try {
            CommandResult written = launcher.tryRun(
                    deadline,
                    "dd",
                    "status=none",
                    "if=/dev/zero",
                    "of=" + path(),
                    "bs=1M",
                    "count=" + guest.memoryMib());
            return written.succeeded()
                    ? Optional.empty()
                    : Optional.of(new IllegalStateException("no room for the memory of %s on %s: %s"
                            .formatted(
                                    guest.name(),
                                    launcher.name(),
                                    written.stderr().strip())));
        } catch (DeadlineExceededException e) {
            return Optional.of(new IllegalStateException(
                    "the room for the memory of %s on %s was not written within %d s"
                            .formatted(guest.name(), launcher.name(), deadline.toSeconds()),
                    e));
        }
    }

    private void remove(IllegalStateException roomless) {
        try {
            launcher.tryRun(SOON, "rm", "-f", path()).orThrow();
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException left) {
            Suppressed.add(roomless, left);
        }
    }
}
