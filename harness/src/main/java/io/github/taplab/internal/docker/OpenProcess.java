package io.github.taplab.internal.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process whose standard streams are a {@link ByteStream}'s. What it writes waits here for whoever reads it, who may
 * be slow: the thread that reads the answers of all others must not wait for one.
 */
final class OpenProcess implements RunningProcess {

    /** The longest piece that can be sent at once. */
    static final int PIECE = 1 << 16;

    private static final int WINDOW = 4 * PIECE;
    // A capture of a busy line comes nowhere near it.
    private static final long MOST_WAITING = 64L << 20;

    private final ResultCallback.Adapter<Frame> receiver;
    // Bytes that may be on their way to it: who reads nothing keeps nothing but its own sender waiting.
    private final Semaphore window = new Semaphore(WINDOW);
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private final AtomicLong waiting = new AtomicLong();
    private final ExecutorService delivery;
    private boolean tooMuch;
    private volatile boolean ended;

    /**
     * A process that does not run yet.
     *
     * @param name for threads
     */
    OpenProcess(String name, ResultCallback.Adapter<Frame> receiver) {
        this.receiver = receiver;
        delivery = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "taplab-output: " + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Completes when it runs, and fails if that can't be known any more. */
    CompletableFuture<Boolean> isBegun() {
        return begun;
    }

    @Override
    public boolean takeStdout(byte[] bytes) {
        return deliver(StreamType.STDOUT, bytes);
    }

    @Override
    public boolean takeStderr(byte[] bytes) {
        return deliver(StreamType.STDERR, bytes);
    }

    private synchronized boolean deliver(StreamType type, byte[] bytes) {
        if (tooMuch || ended) {
            return true;
        }
        tooMuch = waiting.addAndGet(bytes.length) > MOST_WAITING;
        if (!tooMuch) {
            delivery.execute(() -> {
                receiver.onNext(new Frame(type, bytes));
                waiting.addAndGet(-bytes.length);
            });
        }
        return !tooMuch;
    }

    /** Waits until a piece may be sent; false: it has ended, and nobody would read it. */
    boolean awaitRoom(int length) throws InterruptedException {
        window.acquire(length);
        return !ended;
    }

    @Override
    public void fed(int length) {
        // Whoever says so is not trusted: there is never more room than at the beginning.
        window.release(Math.min(length, WINDOW - window.availablePermits()));
    }

    @Override
    public void late() {
        // It may run for ever.
    }

    @Override
    public void begun() {
        begun.complete(true);
    }

    @Override
    public void ended(int exitCode) {
        end();
    }

    @Override
    public void lost(RuntimeException why) {
        begun.completeExceptionally(why);
        end();
    }

    // A stream that breaks off may be told twice, by who reads it and by who writes to it; and while a piece comes.
    private synchronized void end() {
        if (!ended) {
            ended = true;
            window.release(WINDOW);
            delivery.execute(receiver::onComplete);
            delivery.shutdown();
        }
    }
}
