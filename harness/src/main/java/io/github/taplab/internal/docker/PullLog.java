package io.github.taplab.internal.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** What an engine says while it pulls an image. */
final class PullLog extends ResultCallback.Adapter<PullResponseItem> {

    private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();
    private final AtomicLong words = new AtomicLong();
    private volatile String last = "nothing";

    @Override
    public void onNext(PullResponseItem item) {
        words.incrementAndGet();
        if (item.isErrorIndicated() && item.getErrorDetail() != null) {
            end.complete(Optional.of(
                    String.valueOf(item.getErrorDetail().getMessage()).strip()));
        } else if (item.getStatus() != null) {
            last = item.getStatus();
        }
    }

    // Not the library's, which logs a stack trace: whoever pulls says it.
    @Override
    public void onError(Throwable broken) {
        end.complete(Optional.of(AskedEngine.brokenBy(broken).strip()));
    }

    @Override
    public void onComplete() {
        end.complete(Optional.empty());
        super.onComplete();
    }

    /** Completes with why the image can't be had; empty: the engine has done all. */
    CompletableFuture<Optional<String>> end() {
        return end;
    }

    /** How much it has said. */
    long words() {
        return words.get();
    }

    /** What it has said last. */
    String last() {
        return last;
    }
}
