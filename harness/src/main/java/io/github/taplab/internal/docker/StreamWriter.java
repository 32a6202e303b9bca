package io.github.taplab.internal.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Writes to a process on a thread of its own, in the order of the calls.
 *
 * <p>A process that is stopped reads nothing, and a full pipe makes its writer wait without end. An interrupt would end
 * that, and close the pipe with it: a test's timeout would cost the machine its monitor.
 */
public final class StreamWriter implements AutoCloseable {

    private final OutputStream out;
    private final ExecutorService thread;

    /**
     * A writer.
     *
     * @param name of its thread
     */
    public StreamWriter(String name, OutputStream out) {
        this.out = out;
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread daemon = new Thread(work, name);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /**
     * Has bytes written.
     *
     * @return completes when they are on their way, and fails with an {@link UncheckedIOException} when the process is
     *     gone or the writer is closed before
     */
    public CompletableFuture<Void> write(byte[] bytes) {
        Write write = new Write(bytes);
        try {
            thread.execute(write);
        } catch (RejectedExecutionException e) {
            write.giveUp();
        }
        return write.written;
    }

    /** Gives up what has not been written; the stream is then closed if something was being written to it. */
    @Override
    public void close() {
        thread.shutdownNow().forEach(waiting -> ((Write) waiting).giveUp());
    }

    private final class Write implements Runnable {

        private final byte[] bytes;
        private final CompletableFuture<Void> written = new CompletableFuture<>();

        Write(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void run() {
            try {
                out.write(bytes);
                out.flush();
                written.complete(null);
            } catch (IOException e) {
                written.completeExceptionally(new UncheckedIOException(e));
            }
        }

        void giveUp() {
            written.completeExceptionally(new UncheckedIOException(new IOException("the stream is closed")));
        }
    }
}
