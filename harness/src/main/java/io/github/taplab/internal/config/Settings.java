package io.github.taplab.internal.config;

import io.github.taplab.spec.Attachment;
import io.github.taplab.spec.BootMode;
import io.github.taplab.spec.Quoted;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user can set from outside, each as a configuration parameter of JUnit's, as a system property or, in capitals
 * with underscores, as an environment variable: {@code taplab.required} or {@code TAPLAB_REQUIRED}.
 *
 * @param required whether a lab that can't run is a failure instead of a skip
 * @param acceleration KVM or TCG; by default what works
 * @param engines those that labs run on
 * @param image a published lab image, by its digest; empty: the lab image is built
 * @param baseImage what the lab image is built on; empty: the Dockerfile's own choice
 * @param debianMirror where the image's packages come from; empty: the base image's own choice
 * @param cache folder for what is kept between runs
 * @param cacheSize how much of it fetched disk images may take
 * @param boot what a guest does that may boot or go on from a snapshot
 * @param bootSilence how long a guest that is not ready may write nothing on its console until it is given up
 * @param ahead how many labs may be there before they are asked for; empty: as many as the Docker host's cores allow
 * @param attachments those that classes with {@code @EachAttachment} run
 * @param story whether the run is told as a story
 * @param rings whether the last frames of a lab's containers are kept
 * @param isolation whether the Docker host hears its labs
 * @param hold when a lab stays up for a person to look at
 * @param holdDeadline after which it does not any longer
 * @param report where the report of the run goes
 */
public record Settings(
        boolean required,
        Acceleration acceleration,
        List<EngineName> engines,
        Optional<String> image,
        Optional<String> baseImage,
        Optional<String> debianMirror,
        Path cache,
        ByteSize cacheSize,
        BootMode boot,
        Duration bootSilence,
        Optional<Integer> ahead,
        Set<Attachment> attachments,
        boolean story,
        boolean rings,
        Isolation isolation,
        Hold hold,
        Duration holdDeadline,
        ReportFolder report) {

    private static final ByteSize DEFAULT_CACHE_SIZE = ByteSize.parse("20G");
    // A system that has no console on its serial line has that long to boot; others go on talking.
    private static final Duration DEFAULT_BOOT_SILENCE = Duration.ofMinutes(3);
    private static final Duration DEFAULT_HOLD = Duration.ofMinutes(30);

    // It becomes a word of a Dockerfile; no name of an image has anything else.
    private static final Pattern IMAGE_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@-]*");
    private static final Pattern PUBLISHED = Pattern.compile("[a-z0-9][a-zA-Z0-9._:/-]*@sha256:[0-9a-f]{64}");
    // It becomes a word of apt's list of sources.
    private static final Pattern MIRROR = Pattern.compile("[a-z][a-z0-9+.-]*:/[^\\s\\p{Cntrl}\"'\\\\]+");

    private static final Pattern NUMBER_AHEAD = Pattern.compile("[1-9][0-9]{0,2}");

    public Settings {
        engines = List.copyOf(engines);
        attachments = Set.copyOf(attachments);
    }

    /** Which of QEMU's accelerators runs the guests. */
    public enum Acceleration {
        /** KVM where a guest was seen to boot with it, otherwise TCG. */
        AUTO,
        KVM,
        /** Emulation: slow, but works everywhere. */
        TCG
    }

    /** Whether the kernel of a Docker host hears what passes in its labs. */
    public enum Isolation {
        /** It does not, where its kernel and its engine allow that. */
        AUTO,
        /** It does not, or no lab runs. */
        REQUIRED,
        /** It does. */
        OFF
    }

    /** When a lab stays up until somebody who has looked at it lets it go. */
    public enum Hold {
        NEVER,
        /** When something fails in it, before what follows changes its network. */
        FAILURE,
        /** Then, and before it is torn down. */
        ALWAYS
    }

    /**
     * Reads all settings.
     *
     * @throws IllegalArgumentException if one is wrong, with its name, what it may be and what was found
     */
    public static Settings read(SettingSource source) {
        return new Settings(
                trueOrFalse(source, SettingNames.REQUIRED),
                source.get(SettingNames.ACCELERATION)
                        .map(Settings::acceleration)
                        .orElse(Acceleration.AUTO),
                source.get(SettingNames.ENGINES).map(EngineName::parse).orElse(List.of(new EngineName.Local())),
                source.get(SettingNames.IMAGE).map(Settings::image),
                source.get(SettingNames.BASE_IMAGE).map(Settings::baseImage),
                source.get(SettingNames.DEBIAN_MIRROR).map(Settings::debianMirror),
                source.get(SettingNames.CACHE).map(Settings::cache).orElseGet(() -> defaultCache(source)),
                source.get(SettingNames.CACHE_SIZE).map(Settings::cacheSize).orElse(DEFAULT_CACHE_SIZE),
                source.get(SettingNames.BOOT).map(Settings::boot).orElse(BootMode.EITHER),
                seconds(source, SettingNames.BOOT_SILENCE, DEFAULT_BOOT_SILENCE),
                source.get(SettingNames.AHEAD).flatMap(Settings::ahead),
                attachments(source),
                story(source),
                source.get(SettingNames.RINGS).map(Settings::rings).orElse(true),
                source.get(SettingNames.ISOLATION).map(Settings::isolation).orElse(Isolation.AUTO),
                source.get(SettingNames.HOLD).map(Settings::hold).orElse(Hold.NEVER),
                seconds(source, SettingNames.HOLD_DEADLINE, DEFAULT_HOLD),
                report(source));
    }

    /** {@link #attachments} alone: needed before a lab is, and where none can run. */
    public static Set<Attachment> attachments(SettingSource source) {
        return source.get(SettingNames.ATTACHMENTS)
                .map(Settings::attachments)
                .orElseGet(() -> Set.of(Attachment.values()));
    }

    /** {@link #story} alone: needed before a lab is, and where none can run. */
    public static boolean story(SettingSource source) {
        return trueOrFalse(source, SettingNames.STORY);
    }

    /** {@link #report} alone: needed where no lab can run. */
    public static ReportFolder report(SettingSource source) {
        return source.get(SettingNames.REPORT).map(ReportFolder::parse).orElse(ReportFolder.AUTO);
    }

    private static boolean trueOrFalse(SettingSource source, String name) {
        String text = source.get(name).orElse("false");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException("%s is true or false, found %s".formatted(name, Quoted.of(text)));
        };
    }

    private static Set<Attachment> attachments(String text) {
        try {
            return Stream.of(text.split(",", -1))
                    .map(name -> Attachment.valueOf(name.strip().toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "taplab.attachments is one or more of %s, with commas between, found %s"
                            .formatted(
                                    Stream.of(Attachment.values())
                                            .map(Attachment::name)
                                            .collect(Collectors.joining(", ")),
                                    Quoted.of(text)),
                    e);
        }
    }

    private static String image(String text) {
        if (!PUBLISHED.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "taplab.image is a published lab image by its digest, such as registry.example/taplab/lab@sha256: and 64 hexadecimal digits, found "
                            + Quoted.of(text));
        }
        return text;
    }

    private static String baseImage(String text) {
        if (!IMAGE_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "taplab.base.image is the name of a Docker image such as debian:trixie-slim, found "
                            + Quoted.of(text));
        }
        return text;
    }

    private static String debianMirror(String text) {
        if (!MIRROR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "taplab.debian.mirror is a URL such as http://deb.debian.org/debian, found " + Quoted.of(text));
        }
        return text;
    }

    private static Path cache(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "taplab.cache is a folder such as /var/cache/taplab, found %s: %s"
                            .formatted(Quoted.of(text), e.getReason()),
                    e);
        }
    }

    private static Acceleration acceleration(String text) {
        try {
            return Acceleration.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("taplab.acceleration is auto, kvm or tcg, found " + Quoted.of(text), e);
        }
    }

    private static ByteSize cacheSize(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "taplab.cache.size is a size such as 20G or 500M, found " + Quoted.of(text), e);
        }
    }

    private static BootMode boot(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "cold" -> BootMode.COLD;
            case "either" -> BootMode.EITHER;
            default -> throw new IllegalArgumentException("taplab.boot is cold or either, found " + Quoted.of(text));
        };
    }

    private static Hold hold(String text) {
        try {
            return Hold.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("taplab.hold is never, failure or always, found " + Quoted.of(text), e);
        }
    }

    private static Duration seconds(SettingSource source, String name, Duration otherwise) {
        return source.get(name).map(text -> seconds(name, text, otherwise)).orElse(otherwise);
    }

    private static Duration seconds(String name, String text, Duration example) {
        try {
            Duration seconds = Duration.ofSeconds(Integer.parseInt(text));
            if (seconds.isNegative() || seconds.isZero()) {
                throw new NumberFormatException("not positive");
            }
            return seconds;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s is a number of seconds such as %d, found %s"
                            .formatted(name, example.toSeconds(), Quoted.of(text)),
                    e);
        }
    }

    private static Optional<Integer> ahead(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> Optional.empty();
            case "off" -> Optional.of(0);
            default -> Optional.of(numberAhead(text));
        };
    }

    private static int numberAhead(String text) {
        if (!NUMBER_AHEAD.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "taplab.ahead is auto, off or a number of labs such as 2, found " + Quoted.of(text));
        }
        return Integer.parseInt(text);
    }

    private static boolean rings(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("taplab.rings is on or off, found " + Quoted.of(text));
        };
    }

    private static Isolation isolation(String text) {
        try {
            return Isolation.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "taplab.isolation is auto, required or off, found " + Quoted.of(text), e);
        }
    }

    private static Path defaultCache(SettingSource source) {
        return source.variableNamed("XDG_CACHE_HOME")
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(source.property("user.home").orElse(""), ".cache"))
                .resolve("taplab");
    }
}
