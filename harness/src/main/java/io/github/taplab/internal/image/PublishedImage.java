package io.github.taplab.internal.image;

import io.github.taplab.command.InterruptedWaitException;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.ImageAbout;
import io.github.taplab.internal.wait.MachineLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A lab image that a registry has, named by its digest ({@code taplab.image}). It is what the user has said, or it is
 * not used: one that can't be had is told, and then the lab image is built.
 */
final class PublishedImage {

    // A registry that is there says something within seconds, and layer after layer.
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Duration PULL = Duration.ofMinutes(30);
    private static final int DIGITS = 12;

    private final String name;
    private final BuiltImage own;
    private final Path cache;
    private final Duration silence;

    /**
     * One that is named.
     *
     * @param name with its digest: {@code registry.example/taplab/lab@sha256:…}
     * @param own the lab image as this version builds it
     * @param cache folder for the lock that keeps two JVMs from pulling at once
     */
    PublishedImage(String name, BuiltImage own, Path cache) {
        this(name, own, cache, SILENCE);
    }

    PublishedImage(String name, BuiltImage own, Path cache, Duration silence) {
        this.name = name;
        this.own = own;
        this.cache = cache;
        this.silence = silence;
    }

    /** As the settings name it. */
    String name() {
        return name;
    }

    /** Its name on engines: a part of its digest. What is built on it is told so by name, and asks no registry. */
    String tag() {
        int digest = name.indexOf("@sha256:") + "@sha256:".length();
        return "taplab/lab:" + name.substring(digest, digest + DIGITS);
    }

    /** The image if the engine has it, by whichever way it came there. */
    Optional<LabImage> present(DockerEngine docker) {
        // By its tag where another engine has given it: what travels so keeps its content, and not its digest's name.
        return docker.images()
                .about(name)
                .or(() -> docker.images().about(tag()))
                .map(about -> {
                    check(about, docker);
                    return new LabImage(about.id(), tag());
                });
    }

    private Optional<LabImage> tagged(DockerEngine docker) {
        Optional<LabImage> there = present(docker);
        there.ifPresent(image -> docker.images().tag(image.id(), tag()));
        return there;
    }

    /**
     * Sees to it that the engine has the image.
     *
     * @param others engines that may have it
     * @return empty: it can't be had, which has been told
     * @throws LabUnavailableException if it is no lab image for this version and these hosts
     */
    Optional<LabImage> ensure(DockerEngine docker, List<DockerEngine> others, Consumer<String> progress) {
        return tagged(docker)
                .or(() -> once(
                        progress,
                        () -> tagged(docker)
                                .or(() -> pulled(docker, progress))
                                .or(() -> brought(docker, others, progress))));
    }

    private Optional<LabImage> once(Consumer<String> progress, Supplier<Optional<LabImage>> work) {
        return MachineLock.holding(BuiltImage.lock(cache, tag()), "pulls the lab image", PULL, progress, work);
    }

    private Optional<LabImage> pulled(DockerEngine docker, Consumer<String> progress) {
        progress.accept("pulling the lab image %s, once, to %s".formatted(name, docker.description()));
        try {
            docker.images().pull(name, PULL, silence);
        } catch (InterruptedWaitException e) {
            throw e;
        } catch (RuntimeException e) {
            progress.accept("the lab image %s can't be pulled: %s".formatted(name, e.getMessage()));
            return Optional.empty();
        }
        return tagged(docker);
    }

    private Optional<LabImage> brought(DockerEngine docker, List<DockerEngine> others, Consumer<String> progress) {
        return BuiltImage.isBrought("lab", tag(), docker, others, progress) ? tagged(docker) : Optional.empty();
    }

    private void check(ImageAbout about, DockerEngine docker) {
        if (!about.architecture().equals(docker.architecture())) {
            throw new LabUnavailableException(
                    "taplab.image = %s is an image for %s, and %s needs one for %s: name the digest of that one, or leave it out"
                            .formatted(name, about.architecture(), docker.name(), docker.architecture()));
        }
        String what = about.labels().getOrDefault(BuiltImage.NAME_LABEL, "");
        String madeOf = about.labels().getOrDefault(BuiltImage.CONTEXT_LABEL, "");
        if (!what.equals(own.name()) || !madeOf.equals(own.madeOf())) {
            throw new LabUnavailableException(
                    "taplab.image = %s is %s, and this version of Taplab needs the lab image that is made of %s: name the digest of that one, or leave it out, and it is built"
                            .formatted(
                                    name,
                                    what.equals(own.name())
                                            ? "a lab image that is made of "
                                                    + (madeOf.isEmpty() ? "nobody knows what" : madeOf)
                                            : "no lab image",
                                    own.madeOf()));
        }
    }
}
