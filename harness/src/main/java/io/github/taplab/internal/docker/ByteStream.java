package io.github.taplab.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.github.taplab.command.InterruptedWaitException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A two-way byte stream to a process in a container.
 *
 * <p>Its pipes are the operating system's. Java's piped streams remember which thread wrote last and call the pipe
 * broken once that thread has ended, and pooled threads do end.
 */
public final class ByteStream implements AutoCloseable {

    private static final long DRAIN_MILLIS = 1000;

    private final CountDownLatch drained = new CountDownLatch(1);
    private final Pipe toProcess;
    private final Pipe fromProcess;
    private final ErrorOutput stderr = new ErrorOutput();
    private final Receiver receiver = new Receiver();
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();

    ByteStream() {
        try {
            toProcess = Pipe.open();
            fromProcess = Pipe.open();
        } catch (IOException e) {
            throw new UncheckedIOException("No pipe for a stream to a container", e);
        }
    }

    /**
     * Has the engine connect the stream, and waits until it has: a stream that can't begin fails here.
     *
     * @param to what the engine is asked to do, in words
     * @param question has {@link #requestBody} and {@link #receiver} connected
     */
    void connect(AskedEngine engine, String to, Consumer<DockerClient> question) {
        engine.begin(to, question, connected);
    }

    /** What docker-java sends to the process. */
    InputStream requestBody() {
        return new FilterInputStream(Channels.newInputStream(toProcess.source())) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                if (count < 0) {
                    close();
                    drained.countDown();
                }
                return count;
            }
        };
    }

    ResultCallback.Adapter<Frame> receiver() {
        return receiver;
    }

    /** What the process writes to its standard output; it ends when the process does. */
    public InputStream fromProcess() {
        return Channels.newInputStream(fromProcess.source());
    }

    /** The standard input of the process. */
    public OutputStream toProcess() {
        return Channels.newOutputStream(toProcess.sink());
    }

    /** What the process has written to its standard error so far. */
    public String stderr() {
        return stderr.text();
    }

    /**
     * Waits for words on the standard error of the process.
     *
     * @return whether they came; not, if the process ended or the deadline passed before
     * @throws InterruptedWaitException if the thread is interrupted
     */
    public boolean awaitStderr(String words, Duration deadline) {
        return stderr.await(words, deadline);
    }

    /** Whether nothing comes any more: the process has ended, or the connection to the engine has. */
    boolean hasEnded() {
        return stderr.hasEnded();
    }

    /** Breaks the stream: the process sees the end of its input. */
    @Override
    public void close() {
        abort();
    }

    /** Breaks the stream on behalf of the one who will close it, from another thread. */
    public void abort() {
        boolean interrupted = Thread.interrupted();
        try {
            // First the end of the input: docker-java's thread ends by itself once it has read that, and would end with
            // a stack trace on stderr if it had to write to a broken connection.
            toProcess.sink().close();
            if (connected.isDone() && !connected.isCompletedExceptionally()) {
                interrupted |= !isDrained();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A stream to a container did not close", e);
        } finally {
            breakOff();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits a moment until docker-java has read to the end; not, if it is interrupted. */
    private boolean isDrained() {
        try {
            boolean unused = drained.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void breakOff() {
        // docker-java's thread closes the other pipe when it has read to its end.
        var out = fromProcess.source();
        var in = fromProcess.sink();
        try (out;
                in;
                receiver) {
            // All three, whatever one of them throws.
        } catch (IOException e) {
            throw new UncheckedIOException("A stream to a container did not close", e);
        }
    }

    private final class Receiver extends ResultCallback.Adapter<Frame> {

        @Override
        public void onNext(Frame frame) {
            if (frame.getStreamType() == StreamType.STDERR) {
                stderr.add(frame.getPayload());
                return;
            }
            ByteBuffer bytes = ByteBuffer.wrap(frame.getPayload());
            try {
                while (bytes.hasRemaining()) {
                    fromProcess.sink().write(bytes);
                }
            } catch (IOException readerIsGone) {
                // The reader closed its side; the rest of the output interests nobody.
                abort();
            }
        }

        @Override
        public void onStart(Closeable stream) {
            super.onStart(stream);
            if (!connected.complete(true) || !toProcess.sink().isOpen()) {
                // Nobody waits for it any more.
                abort();
            }
        }

        @Override
        public void onComplete() {
            endOfOutput();
            super.onComplete();
        }

        // Not the library's, which logs a stack trace for each container that is killed: who uses the stream says it.
        @Override
        public void onError(Throwable failure) {
            boolean neverBegan = connected.completeExceptionally(failure);
            endOfOutput();
            super.onComplete();
            if (neverBegan) {
                closeBody();
            }
        }

        // Nobody will read it to its end, and the pipe would stay open.
        private void closeBody() {
            try {
                toProcess.source().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void endOfOutput() {
            stderr.end();
            try {
                fromProcess.sink().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
