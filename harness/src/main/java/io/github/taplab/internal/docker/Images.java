package io.github.taplab.internal.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import io.github.taplab.command.DeadlineExceededException;
import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.wait.Waiting;
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

    /** What an image is, if the engine has it. */
    public Optional<ImageAbout> about(String name) {
        try {
            return Optional.of(ImageAbout.of(engine.ask(
                    "look at image " + name,
                    asked -> asked.inspectImageCmd(name).exec())));
        } catch (NotFoundException none) {
            return Optional.empty();
        }
    }

    /**
     * Gives an image a further name.
     *
     * @param tag {@code repository:tag}
     */
    public void tag(String id, String tag) {
        int colon = tag.lastIndexOf(':');
        engine.tell(
                "call image %s %s".formatted(id, tag),
                asked -> asked.tagImageCmd(id, tag.substring(0, colon), tag.substring(colon + 1))
                        .exec());
    }

    /**
     * Has an image pulled from its registry.
     *
     * @param name with its digest
     * @param silence after which the registry is given up
     * @throws IllegalStateException if it can't be had; the message has the engine's reason
     * @throws DeadlineExceededException if nothing is heard of it any more
     */
    public void pull(String name, Duration deadline, Duration silence) {
        try (PullLog log = new PullLog()) {
            engine.tell("pull image " + name, asked -> asked.pullImageCmd(name).exec(log));
            // What it ends with is its outcome, a failure too: that is the engine's word, and no wait's.
            Waiting.forEvent("image " + name + " is pulled", deadline, silence, log.end(), log::words, log::last)
                    .ifPresent(reason -> {
                        throw new IllegalStateException(reason);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("The pull of %s did not close".formatted(name), e);
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
