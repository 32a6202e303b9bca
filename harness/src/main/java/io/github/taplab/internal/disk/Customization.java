package io.github.taplab.internal.disk;

import io.github.taplab.internal.docker.VolumeName;
import io.github.taplab.spec.CustomizeSpec;
import io.github.taplab.spec.GuestFileSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What {@code virt-customize} is told: pure functions from a spec to files and arguments.
 *
 * @param base what is changed a copy of
 */
record Customization(DiskImage base, CustomizeSpec spec) {

    private static final String FOLDER = "/tmp/taplab-customize/";
    private static final String PASSWORD = "root-password";

    /** Name of the volume for the result: the same changes of the same image are made once. */
    String volume() {
        return VolumeName.of("taplab-customized", parts());
    }

    private Stream<String> parts() {
        return Stream.of(
                        Stream.of(
                                base.path(), base.digest(), spec.rootPassword().isPresent() ? "password" : "none"),
                        spec.rootPassword().stream(),
                        Stream.of("%d files".formatted(spec.files().size())),
                        spec.files().stream().flatMap(file -> Stream.of(file.path(), file.content(), file.mode())),
                        spec.commands().stream())
                .flatMap(Function.identity());
    }

    /** What goes into the container where it runs, by path without the leading slash. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        spec.rootPassword().ifPresent(password -> files.put(PASSWORD, password));
        for (int i = 0; i < spec.files().size(); i++) {
            files.put(Integer.toString(i), spec.files().get(i).content());
        }
        return files;
    }

    /** Where these files are. */
    static String folder() {
        return FOLDER;
    }

    /** The command that changes an overlay on the base. No value is part of a shell's line but the commands are one. */
    List<String> command(String overlay) {
        List<String> argv = new ArrayList<>(
                List.of("/usr/lib/taplab/customize", "--quiet", "--no-network", "--format", "qcow2", "-a", overlay));
        spec.rootPassword().ifPresent(password -> argv.addAll(List.of("--root-password", "file:" + FOLDER + PASSWORD)));
        for (int i = 0; i < spec.files().size(); i++) {
            GuestFileSpec file = spec.files().get(i);
            String parent = file.path().substring(0, file.path().lastIndexOf('/'));
            if (!parent.isEmpty()) {
                argv.addAll(List.of("--mkdir", parent));
            }
            argv.addAll(List.of("--upload", FOLDER + i + ":" + file.path()));
            argv.addAll(List.of("--chmod", file.mode() + ":" + file.path()));
        }
        spec.commands().forEach(line -> argv.addAll(List.of("--run-command", line)));
        return argv;
    }
}
