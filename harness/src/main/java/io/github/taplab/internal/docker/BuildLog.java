package io.github.taplab.internal.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects a build's output: each line for the progress, the last ones for a failure. */
final class BuildLog extends ResultCallback.Adapter<BuildResponseItem> {

    private static final int KEPT = 4000;

    private final Consumer<String> progress;
    private final StringBuilder tail = new StringBuilder();
    private Optional<String> failure = Optional.empty();

    BuildLog(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void onNext(BuildResponseItem item) {
        String text = item.getStream();
        if (text != null && !text.isBlank()) {
            tail.append(text);
            tail.delete(0, Math.max(0, tail.length() - KEPT));
            text.lines().filter(line -> !line.isBlank()).forEach(progress);
        }
        if (item.isErrorIndicated() && item.getErrorDetail() != null) {
            failure = Optional.ofNullable(item.getErrorDetail().getMessage());
        }
    }

    // Not the library's, which logs a stack trace: whoever builds says it.
    @Override
    public void onError(Throwable broken) {
        synchronized (this) {
            if (failure.isEmpty()) {
                failure = Optional.of(AskedEngine.brokenBy(broken));
            }
        }
        onComplete();
    }

    synchronized Optional<String> failure() {
        return failure;
    }

    synchronized String last() {
        return tail.toString();
    }
}
