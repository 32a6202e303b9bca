package io.github.taplab.spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an image source and says everything that is wrong with it. */
final class ImageText {

    private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:/.*", Pattern.DOTALL);
    private static final Pattern IMAGE_FILE = Pattern.compile(".*\\.(qcow2|img|raw)", Pattern.CASE_INSENSITIVE);

    private ImageText() {}

    static ImageSource read(String image, String checksum) {
        List<String> problems = new ArrayList<>();
        Optional<Digest> digest = digest(checksum, problems);
        boolean digestGiven = !checksum.isEmpty();
        @Nullable ImageSource source = null;
        if (URL.matcher(image).matches()) {
            if (!digestGiven) {
                problems.add("image = %s is a URL and needs its checksum: what is there may change"
                        .formatted(Quoted.of(image)));
            }
            source = url(image, digest, problems);
        } else if (image.contains("/") || IMAGE_FILE.matcher(image).matches()) {
            source = path(image, digest, problems);
        } else {
            if (digestGiven) {
                problems.add("checksum with image = %s: a known image brings its own, another one is given by its URL"
                        .formatted(Quoted.of(image)));
            }
            source = known(image, problems);
        }
        if (source == null || !problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
        return source;
    }

    private static Optional<Digest> digest(String checksum, List<String> problems) {
        try {
            return checksum.isEmpty() ? Optional.empty() : Optional.of(Digest.of(checksum));
        } catch (InvalidSpecException e) {
            e.problems().forEach(problem -> problems.add("checksum = " + problem));
            return Optional.empty();
        }
    }

    private static @Nullable ImageSource known(String name, List<String> problems) {
        try {
            return new ImageSource.Known(name);
        } catch (InvalidSpecException e) {
            problems.addAll(e.problems());
            return null;
        }
    }

    private static @Nullable ImageSource path(String image, Optional<Digest> digest, List<String> problems) {
        if (image.startsWith("~")) {
            problems.add("image = %s starts with ~, which only a shell knows: write the whole path"
                    .formatted(Quoted.of(image)));
            return null;
        }
        try {
            return new ImageSource.Local(Path.of(image), digest);
        } catch (InvalidPathException e) {
            problems.add("image = %s is no path: %s".formatted(Quoted.of(image), e.getReason()));
            return null;
        }
    }

    private static @Nullable ImageSource url(String image, Optional<Digest> digest, List<String> problems) {
        URI uri;
        try {
            uri = new URI(image);
        } catch (URISyntaxException e) {
            problems.add("image = %s is no URL: %s at position %d"
                    .formatted(Quoted.of(image), e.getReason().toLowerCase(Locale.ROOT), e.getIndex() + 1));
            return null;
        }
        if (scheme(uri).equals("file")) {
            return file(uri, digest, problems);
        }
        List<String> wrong = problemsOf(uri);
        problems.addAll(wrong);
        return wrong.isEmpty() && digest.isPresent() ? new ImageSource.Remote(uri, digest.get()) : null;
    }

    private static @Nullable ImageSource file(URI uri, Optional<Digest> digest, List<String> problems) {
        try {
            return new ImageSource.Local(Path.of(uri), digest);
        } catch (IllegalArgumentException e) {
            problems.add("image = %s is no file of this machine: must be file:/// and an absolute path"
                    .formatted(Quoted.of(uri.toString())));
            return null;
        }
    }

    static List<String> problemsOf(URI uri) {
        List<String> problems = new ArrayList<>();
        if (!scheme(uri).equals("https")) {
            problems.add("image = %s is %s, must be https, or file for an image that is on this machine"
                    .formatted(Quoted.of(uri.toString()), scheme(uri)));
        } else if (uri.getHost() == null) {
            problems.add("image = %s names no host".formatted(Quoted.of(uri.toString())));
        }
        return problems;
    }

    private static String scheme(URI uri) {
        @Nullable String scheme = uri.getScheme();
        return scheme == null ? "no URL" : scheme.toLowerCase(Locale.ROOT);
    }
}
