package io.github.taplab.internal.guestimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.taplab.internal.guestimage.KnownImage.CpuLevel;
import io.github.taplab.spec.Digest;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.ImageSource.Remote;
import io.github.taplab.spec.InvalidSpecException;
import io.github.taplab.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The images that can be asked for by name. */
public final class KnownImages {

    /** The image that Taplab makes itself from Debian's packages: a name like the others, but nothing to fetch. */
    public static final String MADE_BY_TAPLAB = "debian-cloud";

    private static final String RESOURCE = "known-images.json";
    private static final int MOST_TYPING_ERRORS = 3;

    private final SortedMap<String, KnownImage> byName;

    private KnownImages(Collection<KnownImage> images) {
        byName = new TreeMap<>();
        images.forEach(image -> byName.put(image.name(), image));
    }

    /** Reads the list that comes with Taplab. */
    public static KnownImages read() {
        try (InputStream list = KnownImages.class.getResourceAsStream(RESOURCE)) {
            if (list == null) {
                throw new IllegalStateException("This jar has no " + RESOURCE + ": it was not built by this project");
            }
            return new KnownImages(images(JsonMapper.builder().build().readTree(list)));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " can't be read", e);
        }
    }

    /** All names, {@link #MADE_BY_TAPLAB} included. */
    public List<String> names() {
        return Stream.concat(Stream.of(MADE_BY_TAPLAB), byName.keySet().stream())
                .sorted()
                .toList();
    }

    /** All that can be fetched, in the order of their names. */
    public List<KnownImage> all() {
        return List.copyOf(byName.values());
    }

    /** Whether a source is one of them that is fetched. All of these are for x86-64. */
    public static boolean isFetched(ImageSource source) {
        return source instanceof ImageSource.Known known && !known.name().equals(MADE_BY_TAPLAB);
    }

    /**
     * Checks a source's name, if it has one.
     *
     * @throws InvalidSpecException if no image has it; the message has all names, and the nearest if it is a typo
     */
    public void check(ImageSource source) {
        if (source instanceof ImageSource.Known known && !names().contains(known.name())) {
            throw new InvalidSpecException(List.of(unknown(known.name())));
        }
    }

    /**
     * The image of this name.
     *
     * @throws InvalidSpecException if no image has it, or if it is {@link #MADE_BY_TAPLAB}
     */
    public KnownImage get(ImageSource.Known source) {
        check(source);
        KnownImage image = byName.get(source.name());
        if (image == null) {
            throw new InvalidSpecException(List.of("image = \"%s\" is made, not fetched".formatted(source)));
        }
        return image;
    }

    private String unknown(String name) {
        String nearest = Collections.min(
                names(), Comparator.comparingInt(known -> typingErrors(known, name.toLowerCase(Locale.ROOT))));
        boolean typo = typingErrors(nearest, name.toLowerCase(Locale.ROOT)) <= MOST_TYPING_ERRORS;
        return "image = %s is no image that Taplab knows%s, must be one of %s, an https:// or file:/// URL with its checksum, or a path with a slash"
                .formatted(Quoted.of(name), typo ? " (did you mean " + nearest + "?)" : "", String.join(", ", names()));
    }

    /** Characters to put in, take out or exchange to come from one text to the other (Levenshtein's distance). */
    static int typingErrors(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[other.length()];
    }

    private static List<KnownImage> images(JsonNode list) {
        List<KnownImage> images = new ArrayList<>();
        for (JsonNode entry : list) {
            images.add(new KnownImage(
                    text(entry, "name"),
                    new Remote(URI.create(text(entry, "url")), Digest.of(text(entry, "digest"))),
                    text(entry, "digestFrom"),
                    text(entry, "user"),
                    entry.required("cloudInit").asBoolean(),
                    firmware(entry.required("firmware")),
                    CpuLevel.valueOf(text(entry, "cpu").replace("x86-64-v", "V")),
                    text(entry, "remark"),
                    text(entry, "seen")));
        }
        return images;
    }

    private static Set<Firmware> firmware(JsonNode list) {
        Set<Firmware> firmware = EnumSet.noneOf(Firmware.class);
        list.forEach(name -> firmware.add(Firmware.valueOf(name.asText())));
        return firmware;
    }

    private static String text(JsonNode entry, String field) {
        return entry.required(field).asText();
    }
}
