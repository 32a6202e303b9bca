package io.github.taplab.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test class as it is written: the documentation speaks of names and lines, and of classes that are not on one path.
 *
 * @param file where it is
 * @param text all of it
 */
record SampleSource(Path file, String text) {

    private static final Pattern CHAPTER = Pattern.compile("^package [\\w.]+\\.(\\w+);", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern ORDER = Pattern.compile("^@Order\\((\\d+)\\)", Pattern.MULTILINE);
    private static final Pattern DISPLAY_NAME = Pattern.compile("^@DisplayName\\(\\s*\"(.*?)\"\\)", Pattern.MULTILINE);
    private static final Pattern METHOD = Pattern.compile("^ {4,8}void (\\w+)\\(", Pattern.MULTILINE);
    private static final Pattern SUPERCLASS = Pattern.compile("^class \\w+ extends (\\w+)", Pattern.MULTILINE);

    static SampleSource of(Path file) {
        try {
            return new SampleSource(file, Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError("Can't read " + file, e);
        }
    }

    /** All classes under a folder, in the order of their paths. */
    static List<SampleSource> under(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(SampleSource::of)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("Can't read " + folder, e);
        }
    }

    /** The specs under a folder, in the order of their numbers. */
    static List<SampleSource> specsUnder(Path folder) {
        return under(folder).stream()
                .filter(source -> source.className().endsWith("Tests") && source.hasOrder())
                .sorted(Comparator.comparing(SampleSource::order))
                .toList();
    }

    String className() {
        return file.getFileName().toString().replace(".java", "");
    }

    /** The last part of its package's name. */
    String chapter() {
        return only(CHAPTER);
    }

    /** The class itself, which must be one of this module's. */
    Class<?> type() {
        String name = only(PACKAGE) + "." + className();
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("%s is not a class of this module".formatted(name), e);
        }
    }

    /** Where it has its place among the classes of its module. */
    int order() {
        return Integer.parseInt(only(ORDER));
    }

    boolean hasOrder() {
        return ORDER.matcher(text).find();
    }

    String displayName() {
        return only(DISPLAY_NAME);
    }

    /** Whether {@code ci/demo} tells it. */
    boolean isInTheDemo() {
        return text.contains("\n@Tag(\"story\")\n");
    }

    /** Its test methods, and those of its superclass, which is in the same folder. */
    List<String> methods() {
        return allText()
                .flatMap(source -> METHOD.matcher(source).results().map(method -> method.group(1)))
                .toList();
    }

    private Stream<String> allText() {
        Matcher superclass = SUPERCLASS.matcher(text);
        return superclass.find()
                ? Stream.of(text, of(file.resolveSibling(superclass.group(1) + ".java")).text)
                : Stream.of(text);
    }

    /** From the name of a method to the end of its body. */
    String body(String method) {
        Matcher found = Pattern.compile("^    void " + method + "\\(.*?^    }$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text);
        if (!found.find()) {
            throw new AssertionError("%s has no method %s".formatted(className(), method));
        }
        return found.group();
    }

    private String only(Pattern wanted) {
        List<MatchResult> found = wanted.matcher(text).results().toList();
        if (found.size() != 1) {
            throw new AssertionError("%s should have one %s, it has %d".formatted(className(), wanted, found.size()));
        }
        return found.get(0).group(1);
    }
}
