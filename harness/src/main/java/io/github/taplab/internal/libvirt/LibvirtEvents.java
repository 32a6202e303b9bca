package io.github.taplab.internal.libvirt;

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
final class LibvirtEvents {

    // JNA keeps no reference to a callback that C holds; without this field it would be collected.
    private static final Libvirt.VirErrorCallback SILENT = (user, error) -> {};

    private LibvirtEvents() {}

    /** Sees to it that the loop runs. */
    static void ensureRunning() {
        if (!Loop.RUNNING.isAlive()) {
            throw new IllegalStateException("libvirt's event loop has ended");
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
