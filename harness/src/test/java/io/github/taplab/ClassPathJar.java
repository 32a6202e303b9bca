package io.github.taplab;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A jar of a local Maven repository, whose path tells what it is.
 *
 * @param file {@code .../group/artifact/version/artifact-version.jar}
 */
record ClassPathJar(Path file) {

    /** Those on the class path of this JVM. */
    static List<ClassPathJar> all() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> new ClassPathJar(Path.of(entry).toAbsolutePath()))
                .toList();
    }

    String version() {
        return file.getName(file.getNameCount() - 2).toString();
    }

    /** Whether it is this {@code group:artifact}. */
    boolean is(String artifact) {
        String[] names = artifact.split(":", -1);
        return file.endsWith(
                Path.of(names[0].replace('.', '/'), names[1], version(), "%s-%s.jar".formatted(names[1], version())));
    }

    /**
     * The versions of the artifacts that it says are in it, by {@code group:artifact}: itself, and what it has shaded.
     */
    Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>)
                    jar.stream().filter(one -> one.getName().matches("META-INF/maven/.*/pom\\.properties"))::iterator) {
                Properties pom = new Properties();
                try (InputStream properties = jar.getInputStream(entry)) {
                    pom.load(properties);
                }
                contents.put(
                        pom.getProperty("groupId") + ":" + pom.getProperty("artifactId"), pom.getProperty("version"));
            }
        }
        return contents;
    }
}
