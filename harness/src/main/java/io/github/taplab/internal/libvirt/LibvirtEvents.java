package io.github.taplab.internal.libvirt;

import io.github.taplab.internal.config.LabUnavailableException;
import org.libvirt.Connect;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.jna.Libvirt;

/**
 * libvirt's event loop.
 *
 * <p>The C library has one loop a process, and it must be registered before the first connection is opened; so there is
 * one thread a JVM, a daemon that lives as long as the JVM.
 */
public final class LibvirtEvents {

    // JNA keeps no reference to a callback that C holds; without this field it would be collected.
    private static final Libvirt.VirErrorCallback SILENT = (user, error) -> {};

    private LibvirtEvents() {}

    /**
     * Sees to it that the loop runs. The first call loads libvirt's client library.
     *
     * @throws LabUnavailableException if this machine does not have the library
     */
    public static void ensureRunning() {
        try {
            if (!Loop.RUNNING.isAlive()) {
                throw new IllegalStateException("libvirt's event loop has ended");
            }
        } catch (LinkageError e) {
            throw new LabUnavailableException(
                    "libvirt's client library can't be loaded: install it where the tests run (Debian and Ubuntu: libvirt0, Fedora: libvirt-libs)",
                    e);
        }
    }

    private static final class Loop {

        static final Thread RUNNING = start();

        private static Thread start() {
            try {
                // By default the C library prints every error on stderr, those that are caught and handled too.
                Connect.setErrorCallback(SILENT);
                Library.initEventLoop();
            } catch (LibvirtException e) {
                throw new IllegalStateException("libvirt's event loop can't be registered: " + e.getMessage(), e);
            }
            Thread thread = new Thread(
                    () -> {
                        try {
                            Library.runEventLoop();
                        } catch (LibvirtException e) {
                            throw new IllegalStateException("libvirt's event loop failed: " + e.getMessage(), e);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "taplab-libvirt-events");
            thread.setDaemon(true);
            thread.start();
            return thread;
        }
    }
}
