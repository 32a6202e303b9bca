package io.github.taplab.internal.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The files an image is built from, carried by this jar.
 *
 * @param files content by path, sorted, so that equal contexts are equal to the byte
 */
record BuildContext(SortedMap<String, byte[]> files) {

    private static final int EXECUTABLE = 0100755;
    private static final int PLAIN = 0100644;

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
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, content) -> {
                digest.update((path + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            new TreeMap<>(arguments)
                    .forEach(
                            (key, value) -> digest.update((key + "=" + value + "\0").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** The context as a tar archive. A jar keeps no modes, so what starts with {@code #!} is executable. */
    InputStream tar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                byte[] content = file.getValue();
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                entry.setMode(content.length > 1 && content[0] == '#' && content[1] == '!' ? EXECUTABLE : PLAIN);
                // Docker's build cache compares contents, not times.
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing an archive to memory failed", e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
