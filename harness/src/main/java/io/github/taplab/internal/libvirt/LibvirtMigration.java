package io.github.taplab.internal.libvirt;

import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Migration;
import io.github.taplab.internal.wait.LateInterrupt;
import io.github.taplab.internal.wait.Suppressed;
import io.github.taplab.internal.wait.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.libvirt.Domain;
import org.libvirt.Domain.MigrateFlags;
import org.libvirt.Domain.XMLFlags;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.LibvirtException;
import org.libvirt.TypedParameter;
import org.libvirt.TypedStringParameter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a domain to another launcher, peer to peer: its libvirtd has the other one start a QEMU that waits for it,
 * and has it run on here if anything fails. There it is left standing still, since its macvtaps have to change over
 * first.
 */
final class LibvirtMigration {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtMigration.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int FLAGS = MigrateFlags.LIVE | MigrateFlags.PEER2PEER | MigrateFlags.PAUSED;

    private final MachineConfig machine;
    private final Domain domain;
    private final Libvirtd libvirtd;
    private final Migration.Monitor monitor;

    LibvirtMigration(MachineConfig machine, Domain domain, Libvirtd libvirtd, Migration.Monitor monitor) {
        this.machine = machine;
        this.domain = domain;
        this.libvirtd = libvirtd;
        this.monitor = monitor;
    }

    /**
     * Sends it, and returns when it is there whole, and gone here.
     *
     * @param daemon path of a socket in this launcher with the other libvirtd behind it
     * @param stream path of a socket in the other launcher at which QEMU shall listen, and of one here that leads there
     * @throws IllegalStateException if libvirt refuses; it runs on here then, as it does after an interrupt that came
     *     before it was there
     */
    void send(String daemon, String stream) {
        Migration.leaveNothingOut(monitor);
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        TypedParameter[] how = {
            new TypedStringParameter("migrate_uri", "unix://" + stream),
            new TypedStringParameter("destination_xml", destination()),
        };
        try {
            String to = "qemu+unix:///system?socket=" + daemon;
            int unused = ask("its migration", LONGEST, () -> {
                try {
                    int answer = domain.migrateToURI(to, how, FLAGS);
                    gone.complete(true);
                    return answer;
                } finally {
                    gone.complete(false);
                }
            });
        } catch (LibvirtException e) {
            IllegalStateException refused = refused(e);
            takeBack(refused);
            throw refused;
        } catch (RuntimeException e) {
            if (!LateInterrupt.after(() -> hasGoneAllTheSame(gone, e))) {
                throw e;
            }
        }
    }

    // Nobody waits for it any more, but it may be there: it is gone here then, and there is no way back.
    private boolean hasGoneAllTheSame(CompletableFuture<Boolean> gone, RuntimeException failure) {
        try {
            boolean unused = Waiting.until(
                    "the migration of %s is over".formatted(machine.name()), LONGEST, () -> isOver(gone), over -> over);
            if (gone.join()) {
                return true;
            }
        } catch (RuntimeException stillGoes) {
            Suppressed.add(failure, stillGoes);
        }
        takeBack(failure);
        return false;
    }

    private boolean isOver(CompletableFuture<Boolean> gone) {
        if (!gone.isDone()) {
            try {
                int unused = ask("its migration to end", ANSWER, domain::abortJob);
            } catch (LibvirtException notYet) {
                // It has not begun, or can't be broken off any more.
                LOG.debug("{} is asked once more to stay", machine.name(), notYet);
            }
        }
        return gone.isDone();
    }

    private String destination() {
        try {
            return DestinationXml.of(ask("its XML", ANSWER, () -> domain.getXMLDesc(XMLFlags.MIGRATABLE)));
        } catch (LibvirtException e) {
            throw refused(e);
        }
    }

    private static IllegalStateException refused(LibvirtException why) {
        return new IllegalStateException(String.valueOf(why.getMessage()), why);
    }

    // libvirt has it run on where it was, once it knows that there is nothing to wait for.
    private void takeBack(RuntimeException failure) {
        try {
            DomainState state = ask("its state", ANSWER, () -> domain.getInfo().state);
            if (state == DomainState.VIR_DOMAIN_PAUSED) {
                int unused = ask("it to go on", ANSWER, () -> {
                    domain.resume();
                    return 0;
                });
            }
        } catch (LibvirtException | RuntimeException gone) {
            Suppressed.add(failure, gone);
        }
    }

    private <T> T ask(String what, Duration deadline, Libvirtd.Call<T> call) throws LibvirtException {
        return libvirtd.ask("%s of %s".formatted(what, machine.name()), deadline, call);
    }
}
