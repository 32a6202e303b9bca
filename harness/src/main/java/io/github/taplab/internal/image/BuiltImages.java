package io.github.taplab.internal.image;

import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.DockerEngine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The images that this project makes, as the settings ask for them. */
public final class BuiltImages {

    private final Map<String, String> arguments = new HashMap<>();
    private final Path cache;
    private final Optional<PublishedImage> published;

    public BuiltImages(Settings settings) {
        this(settings.image(), settings.baseImage(), settings.debianMirror(), settings.cache());
    }

    BuiltImages(Optional<String> image, Optional<String> baseImage, Optional<String> debianMirror, Path cache) {
        baseImage.ifPresent(base -> arguments.put("BASE", base));
        debianMirror.ifPresent(mirror -> arguments.put("DEBIAN_MIRROR", mirror));
        this.cache = cache;
        published = image.map(name -> new PublishedImage(name, lab(), cache));
    }

    /**
     * Sees to it that the engine has the image of all containers of a lab: the published one that the settings name, or
     * else the one that is built.
     *
     * @param others engines that are asked for it before it is built
     * @throws io.github.taplab.internal.config.LabUnavailableException if the published one is no lab image that fits
     */
    public LabImage ensureLab(DockerEngine docker, List<DockerEngine> others, Consumer<String> progress) {
        return published
                .flatMap(image -> image.ensure(docker, others, progress))
                .orElseGet(() -> {
                    BuiltImage lab = lab();
                    return new LabImage(lab.ensure(docker, others, Map.of(), progress), lab.tag());
                });
    }

    /** The same where an engine has it already. */
    public Optional<LabImage> presentLab(DockerEngine docker) {
        return published
                .flatMap(image -> image.present(docker))
                .or(() -> docker.images().id(lab().tag()).map(id -> new LabImage(id, lab().tag())));
    }

    /** The name by which the settings ask for the lab image. */
    public String wantedLab() {
        return published.map(PublishedImage::name).orElseGet(() -> lab().tag());
    }

    /** The image of all containers of a lab, as it is built. */
    public BuiltImage lab() {
        return new BuiltImage("lab", Map.of(), arguments, cache);
    }

    /**
     * The lab image with a disk that has a general-purpose distribution.
     *
     * @param lab tag of the lab image, which has to be there first
     */
    public BuiltImage debianCloud(String lab) {
        Map<String, String> onLab = new HashMap<>(arguments);
        onLab.put("LAB", lab);
        return new BuiltImage("debian-cloud", basis(), onLab, cache);
    }

    /**
     * The lab image with what changes disks that nobody boots.
     *
     * @param lab tag of the lab image, which has to be there first
     */
    public BuiltImage customize(String lab) {
        return new BuiltImage("customize", basis(), Map.of("BASE", lab), cache);
    }

    private Map<String, String> basis() {
        return Map.of("lab", lab().madeOf());
    }

    /** The tags of all of them. */
    public Set<String> tags() {
        return labTags()
                .flatMap(lab ->
                        Stream.of(lab, debianCloud(lab).tag(), customize(lab).tag()))
                .collect(Collectors.toSet());
    }

    private Stream<String> labTags() {
        return Stream.concat(published.map(PublishedImage::tag).stream(), Stream.of(lab().tag()));
    }

    /** By name, what each is made of, whatever the settings say. */
    public Map<String, String> madeOf() {
        String lab = lab().tag();
        return Stream.of(lab(), debianCloud(lab), customize(lab))
                .collect(Collectors.toMap(BuiltImage::name, BuiltImage::madeOf));
    }
}
