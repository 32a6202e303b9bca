package io.github.taplab.internal.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names of all settings, and what somebody may have meant who wrote another one. */
public final class SettingNames {

    public static final String REQUIRED = "taplab.required";
    public static final String ACCELERATION = "taplab.acceleration";
    /** Which engines labs run on. */
    public static final String ENGINES = "taplab.engines";

    /** Which published lab image is used. */
    public static final String IMAGE = "taplab.image";

    public static final String BASE_IMAGE = "taplab.base.image";
    public static final String DEBIAN_MIRROR = "taplab.debian.mirror";
    public static final String CACHE = "taplab.cache";
    public static final String CACHE_SIZE = "taplab.cache.size";
    /** What {@code boot = EITHER} means. */
    public static final String BOOT = "taplab.boot";

    public static final String BOOT_SILENCE = "taplab.boot.silence";
    /** How many labs are made before they are asked for. */
    public static final String AHEAD = "taplab.ahead";
    /** Which attachments {@code @EachAttachment} runs. */
    public static final String ATTACHMENTS = "taplab.attachments";
    /** Whether a run is told as a story. */
    public static final String STORY = "taplab.story";
    /** Whether the last frames of a lab's containers are kept. */
    public static final String RINGS = "taplab.rings";
    /** Whether the Docker host hears its labs. */
    public static final String ISOLATION = "taplab.isolation";
    /** When a lab stays up for a person to look at. */
    public static final String HOLD = "taplab.hold";

    public static final String HOLD_DEADLINE = "taplab.hold.deadline";
    /** Where the report of a run goes. */
    public static final String REPORT = "taplab.report";
    /** Which share of the run this is. */
    public static final String SHARD = "taplab.shard";
    /** The page of an earlier run, by whose times classes are spread over the shards. */
    public static final String SHARD_REPORT = "taplab.shard.report";
    /** Where the keys are for engines over SSH. */
    public static final String SSH_FOLDER = "taplab.ssh.folder";

    private static final String PREFIX = "taplab.";
    static final List<String> ALL = List.of(
            REQUIRED,
            ACCELERATION,
            ENGINES,
            IMAGE,
            BASE_IMAGE,
            DEBIAN_MIRROR,
            CACHE,
            CACHE_SIZE,
            BOOT,
            BOOT_SILENCE,
            AHEAD,
            ATTACHMENTS,
            STORY,
            RINGS,
            ISOLATION,
            HOLD,
            HOLD_DEADLINE,
            REPORT);

    /** Those that are no configuration parameters of a run: system properties or environment variables. */
    public static final List<String> OF_THE_JVM = List.of(SHARD, SHARD_REPORT, SSH_FOLDER);

    private SettingNames() {}

    /**
     * What is wrong with names that look like settings, a sentence each.
     *
     * @param names of configuration parameters and system properties
     * @param variables names of environment variables
     */
    public static List<String> problems(Collection<String> names, Collection<String> variables) {
        Stream<String> properties = new TreeSet<>(names)
                .stream()
                        .filter(name -> name.startsWith(PREFIX) && known().noneMatch(name::equals))
                        .map(name -> problem(name, nearest(name)));
        List<String> known = known().map(SettingSource::variable).toList();
        Stream<String> environment = new TreeSet<>(variables)
                .stream()
                        .filter(name -> name.startsWith(SettingSource.variable(PREFIX)) && !known.contains(name))
                        .map(name -> problem(
                                name,
                                SettingSource.variable(
                                        nearest(name.toLowerCase(Locale.ROOT).replace('_', '.')))));
        return Stream.concat(properties, environment).toList();
    }

    private static Stream<String> known() {
        return Stream.of(ALL, OF_THE_JVM).flatMap(List::stream);
    }

    private static String problem(String name, String nearest) {
        return "%s is no setting of Taplab's and has no effect; did you mean %s?".formatted(name, nearest);
    }

    private static String nearest(String name) {
        return known().min(Comparator.comparingInt(known -> distance(known, name)))
                .orElseThrow();
    }

    /** How many letters have to be put in, taken out or replaced (Levenshtein's distance). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
