package io.github.taplab.internal.lab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stack of what a lab has opened, closed from the top. */
final class OpenResources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenResources.class);

    private final String lab;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean closed;

    OpenResources(String lab) {
        this.lab = lab;
    }

    /**
     * Opens a resource and takes care of its closing.
     *
     * @throws IllegalStateException if all has been closed in the meantime; the resource is closed too
     */
    <T extends AutoCloseable> T open(Supplier<T> opener) {
        T resource = opener.get();
        synchronized (opened) {
            if (!closed) {
                opened.push(resource);
                return resource;
            }
        }
        closeQuietly(resource);
        throw new IllegalStateException("The lab of " + lab + " was closed while it started");
    }

    /** Closes everything, the latest first. What can't be closed is logged: a test's verdict is not changed by it. */
    @Override
    public void close() {
        List<AutoCloseable> closing;
        synchronized (opened) {
            closed = true;
            closing = List.copyOf(opened);
            opened.clear();
        }
        closing.forEach(this::closeQuietly);
    }

    private void closeQuietly(AutoCloseable resource) {
        // A timeout interrupts, and an interrupted thread can't talk to the engine: nothing would be removed.
        boolean interrupted = Thread.interrupted();
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("Something of the lab of {} was not removed: {}", lab, e.getMessage(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
