package io.github.taplab.internal.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An engine's images. */
public final class Images {

    private final AskedEngine engine;

    Images(AskedEngine engine) {
        this.engine = engine;
    }

    /** The id of an image, if the engine has it. */
    public Optional<String> id(String tag) {
        try {
            return Optional.ofNullable(engine.ask(
                            "look for image " + tag,
                            asked -> asked.inspectImageCmd(tag).exec())
                    .getId());
        } catch (NotFoundException none) {
            return Optional.empty();
        }
    }

    /** The images that carry a label, {@code key} or {@code key=value}. */
    public List<StoredImage> with(String label) {
        return engine
                .ask(
                        "list the images labelled " + label,
                        asked -> asked.listImagesCmd().withLabelFilter(label).exec())
                .stream()
                .map(StoredImage::of)
                .toList();
    }

    /**
     * Takes a name from an image, and removes it with the last one.
     *
     * @throws com.github.dockerjava.api.exception.DockerException if a container has it, or another image is built on
     *     it: then it stays
     */
    public void remove(String tag) {
        try {
            engine.clean(
                    "remove image " + tag, asked -> asked.removeImageCmd(tag).exec());
        } catch (NotFoundException alreadyGone) {
            // Nothing to do.
        }
    }

    /**
     * Brings an image from another engine, through this JVM.
     *
     * @param from the other engine's images
     */
    public void bring(String tag, Images from, Duration deadline) {
        InputStream saved = from.engine.ask(
                "give image " + tag, asked -> asked.saveImageCmd(tag).exec());
        try (saved) {
            engine.tell(
                    "load image " + tag,
                    deadline,
                    asked -> asked.loadImageCmd(saved).exec());
        } catch (IOException e) {
            throw new UncheckedIOException("Image %s was not brought to the end".formatted(tag), e);
        }
    }

    /**
     * Builds an image.
     *
     * @param context a tar archive with a Dockerfile
     * @param log where the whole output is kept if the build fails
     * @param progress gets each line of the build's output
     * @throws IllegalStateException if the build fails; the message has the engine's reason, the step and the file
     */
    public void build(
            String tag,
            InputStream context,
            Map<String, String> arguments,
            Map<String, String> labels,
            Duration deadline,
            Path log,
            Consumer<String> progress) {
        BuildLog output = new BuildLog(progress);
        engine.tell("build image " + tag, asked -> {
            var request = asked.buildImageCmd(context)
                    .withTags(Set.of(tag))
                    .withLabels(labels)
                    .withRemove(true)
                    .withForcerm(true);
            arguments.forEach(request::withBuildArg);
            request.exec(output);
        });
        try {
            // It closes the output in any case, and with that ends the request.
            if (!output.awaitCompletion(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DeadlineExceededException("Image %s was not built within %d s, it is %s"
                        .formatted(tag, deadline.toSeconds(), output.keep(log)));
            }
        } catch (InterruptedException e) {
            throw new InterruptedWaitException("image %s is built".formatted(tag), e);
        }
        output.failure().ifPresent(reason -> {
            throw new IllegalStateException("Image %s can't be built: %s, %s".formatted(tag, reason, output.keep(log)));
        });
    }
}
