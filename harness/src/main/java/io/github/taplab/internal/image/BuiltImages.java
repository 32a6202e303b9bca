package io.github.taplab.internal.image;

import io.github.taplab.internal.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images that this project makes, as the settings ask for them. */
public final class BuiltImages {

    private final Map<String, String> arguments = new HashMap<>();
    private final Path cache;

    public BuiltImages(Settings settings) {
        this(settings.baseImage(), settings.debianMirror(), settings.cache());
    }

    BuiltImages(Optional<String> baseImage, Optional<String> debianMirror, Path cache) {
        baseImage.ifPresent(base -> arguments.put("BASE", base));
        debianMirror.ifPresent(mirror -> arguments.put("DEBIAN_MIRROR", mirror));
        this.cache = cache;
    }

    /** The image of all containers of a lab. */
    public BuiltImage lab() {
        return new BuiltImage("lab", Map.of(), arguments, cache);
    }

    /** The lab image with a disk that has a general-purpose distribution; the lab image has to be there first. */
    public BuiltImage debianCloud() {
        Map<String, String> onLab = new HashMap<>(arguments);
        onLab.put("LAB", lab().tag());
        return new BuiltImage("debian-cloud", basis(), onLab, cache);
    }

    /** The lab image with what changes disks that nobody boots; the lab image has to be there first. */
    public BuiltImage customize() {
        return new BuiltImage("customize", basis(), Map.of("BASE", lab().tag()), cache);
    }

    private Map<String, String> basis() {
        return Map.of("lab", lab().madeOf());
    }

    /** All of them. */
    public List<BuiltImage> all() {
        return List.of(lab(), debianCloud(), customize());
    }
}
