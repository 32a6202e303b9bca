package io.github.taplab.internal.libvirt;

import io.github.taplab.internal.machine.MachineConfig;
import io.github.taplab.internal.machine.Migration;
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

/**
 * The way of a domain to another launcher, peer to peer: its libvirtd has the other one start a QEMU that waits for it,
 * and has it run on here if anything fails. There it is left standing still, since its macvtaps have to change over
 * first.
 */
final class LibvirtMigration {

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
     * @throws IllegalStateException if libvirt refuses; it runs on here then
     */
    void send(String daemon, String stream) {
        Migration.leaveNothingOut(monitor);
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        try {
            String xml = DestinationXml.of(ask("its XML", ANSWER, () -> domain.getXMLDesc(XMLFlags.MIGRATABLE)));
            TypedParameter[] how = {
                new TypedStringParameter("migrate_uri", "unix://" + stream),
                new TypedStringParameter("destination_xml", xml),
            };
            String to = "qemu+unix:///system?socket=" + daemon;
            int unused = ask("its migration", LONGEST, () -> {
                try {
                    return domain.migrateToURI(to, how, FLAGS);
                } finally {
                    over.complete(true);
                }
            });
        } catch (LibvirtException e) {
            IllegalStateException refused = new IllegalStateException(String.valueOf(e.getMessage()), e);
            takeBack(over, refused);
            throw refused;
        } catch (RuntimeException e) {
            takeBack(over, e);
            throw e;
        }
    }

    // libvirt has it run on where it was, once it knows that there is nothing to wait for.
    private void takeBack(CompletableFuture<Boolean> over, RuntimeException failure) {
        try {
            if (!over.isDone()) {
                int unused = ask("its migration to end", ANSWER, domain::abortJob);
                boolean unusedToo =
                        Waiting.joined("the migration of %s is over".formatted(machine.name()), LONGEST, over);
            }
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
