package io.github.taplab.internal.guestimage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, piece by piece. A request's own time-out ends with the answer's headers, and a read from a
 * stream has none; here the pause before each piece has one.
 */
final class Body implements AutoCloseable {

    private final BlockingQueue<CompletableFuture<Optional<List<ByteBuffer>>>> pieces = new LinkedBlockingQueue<>();
    private @Nullable Subscription subscription;
    private boolean closed;

    /** Takes the body. */
    Body(Publisher<List<ByteBuffer>> publisher) {
        publisher.subscribe(new Pieces());
    }

    /**
     * Waits for the next piece.
     *
     * @return empty at the end
     * @throws BrokenOffException if none comes in time, or no more can come
     */
    Optional<List<ByteBuffer>> next(Duration silence) throws BrokenOffException, InterruptedException {
        CompletableFuture<Optional<List<ByteBuffer>>> piece = pieces.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null) {
            throw new BrokenOffException("no byte for %d ms".formatted(silence.toMillis()));
        }
        request();
        try {
            return piece.get();
        } catch (ExecutionException e) {
            throw new BrokenOffException("the connection ended early", e);
        }
    }

    private synchronized void request() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    /** Ends the connection, unless the body is over. */
    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private synchronized void begin(Subscription begun) {
        subscription = begun;
        if (closed) {
            begun.cancel();
        } else {
            begun.request(1);
        }
    }

    private final class Pieces implements Subscriber<List<ByteBuffer>> {

        @Override
        public void onSubscribe(Subscription begun) {
            begin(begun);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            pieces.add(CompletableFuture.completedFuture(Optional.of(buffers)));
        }

        @Override
        public void onError(Throwable reason) {
            pieces.add(CompletableFuture.failedFuture(reason));
        }

        @Override
        public void onComplete() {
            pieces.add(CompletableFuture.completedFuture(Optional.empty()));
        }
    }
}
