package io.github.taplab.internal.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * This machine's kernel, as far as files tell of it: what can be known before the lab image is there, in whose
 * containers the kernel can be asked.
 *
 * @param release as the kernel has it
 * @param macvtap whether it has macvtaps
 * @param kvm whether there is a {@code /dev/kvm}
 */
record LocalKernel(String release, Module macvtap, boolean kvm) {

    /** Whether a kernel has a module. */
    enum Module {
        LOADED,
        /** It can be loaded, or is built in; a container's first macvtap has the kernel load it. */
        THERE,
        ABSENT,
        /** The list of the kernel's modules can't be read here. */
        UNKNOWN
    }

    /**
     * Reads what a machine's files say.
     *
     * @param root of the file system
     */
    static LocalKernel read(Path root) {
        String release = text(root.resolve("proc/sys/kernel/osrelease")).strip();
        Path modules = root.resolve("lib/modules").resolve(release.isEmpty() ? "unknown" : release);
        return new LocalKernel(release, macvtap(root, modules), Files.exists(root.resolve("dev/kvm")));
    }

    private static Module macvtap(Path root, Path modules) {
        if (text(root.resolve("proc/devices")).lines().anyMatch(line -> line.endsWith(" macvtap"))) {
            return Module.LOADED;
        }
        List<String> lists = Stream.of("modules.dep", "modules.builtin")
                .map(name -> text(modules.resolve(name)))
                .toList();
        if (lists.stream().allMatch(String::isEmpty)) {
            return Module.UNKNOWN;
        }
        return lists.stream()
                        .flatMap(String::lines)
                        .map(line -> line.split(":", 2)[0])
                        .anyMatch(file -> file.matches("(.*/)?macvtap\\.ko(\\.[a-z0-9]+)?"))
                ? Module.THERE
                : Module.ABSENT;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notSaid) {
            return "";
        }
    }
}
