package io.github.taplab.internal.image;

import io.github.taplab.internal.docker.Archive;
import io.github.taplab.internal.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files an image is built from, carried by this jar.
 *
 * @param files content by path, sorted, so that equal contexts are equal to the byte
 */
record BuildContext(SortedMap<String, byte[]> files) {

    /** Reads the context {@code images/<name>}. */
    static BuildContext of(String name) {
        String folder = "/io/github/taplab/images/" + name;
        URL dockerfile = BuildContext.class.getResource(folder + "/Dockerfile");
        if (dockerfile == null) {
            throw new IllegalStateException(
                    "This jar has no " + folder + "/Dockerfile: it was not built by this project");
        }
        try {
            if (dockerfile.openConnection() instanceof JarURLConnection jar) {
                URI file = jar.getJarFileURL().toURI();
                try (FileSystem zip = FileSystems.newFileSystem(Path.of(file))) {
                    return read(zip.getPath(folder));
                }
            }
            return read(Path.of(dockerfile.toURI()).resolveSibling("."));
        } catch (IOException e) {
            throw new UncheckedIOException("The build context " + folder + " can't be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BuildContext read(Path folder) throws IOException {
        Path root = folder.normalize();
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(root.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return new BuildContext(files);
    }

    /** A digest of all paths, contents and build arguments: 12 hexadecimal digits. */
    String hash(Map<String, String> arguments) {
        MessageDigest digest = Sha256.begin();
        files.forEach((path, content) -> {
            digest.update((path + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        });
        new TreeMap<>(arguments)
                .forEach((key, value) -> digest.update((key + "=" + value + "\0").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    /** The context as a tar archive. A jar keeps no modes, so what starts with {@code #!} is executable. */
    InputStream tar() {
        return Archive.of(archive -> {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                archive.add(file.getKey(), mode(file.getValue()), file.getValue());
            }
        });
    }

    private static Archive.Mode mode(byte[] content) {
        boolean script = content.length > 1 && content[0] == '#' && content[1] == '!';
        return script ? Archive.Mode.EXECUTABLE : Archive.Mode.PLAIN;
    }
}
