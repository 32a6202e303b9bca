package io.github.taplab.internal.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects a build's output: each line for the progress, and all of it for a failure. */
final class BuildLog extends ResultCallback.Adapter<BuildResponseItem> {

    // Characters. A build of the largest image writes a tenth of that.
    private static final int KEPT = 2_000_000;
    private static final int SHOWN = 2_000;

    private final Consumer<String> progress;
    private final StringBuilder output = new StringBuilder();
    private String step = "before its first step";
    private Optional<String> failure = Optional.empty();

    BuildLog(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void onNext(BuildResponseItem item) {
        String text = item.getStream();
        if (text != null && !text.isBlank()) {
            output.append(text);
            output.delete(0, Math.max(0, output.length() - KEPT));
            text.lines().filter(line -> line.startsWith("Step ")).forEach(line -> step = "in " + line.strip());
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

    /**
     * Keeps the whole output in a file.
     *
     * @return in which step the build is, its last lines, and the file
     */
    synchronized String keep(Path file) {
        String shown = output.substring(Math.max(0, output.length() - SHOWN));
        return "%s%n%s%n%s".formatted(step, shown.strip(), written(file));
    }

    // A disk that is full may be why the build failed: then the reason counts, and not that it can't be written down.
    private String written(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, output);
            return "Whole log: " + file;
        } catch (IOException e) {
            return "The whole log could not be kept: " + e;
        }
    }
}
