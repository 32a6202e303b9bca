package io.github.taplab.samples.soak;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something that can be measured at any time.
 *
 * @param value now; empty, if it can't be seen
 */
record Gauge(String name, String unit, Bound bound, Supplier<OptionalDouble> value) {

    private static final double MEBIBYTE = 1 << 20;
    // What one run leaves behind is a multiple of these: a thread, a descriptor, the frames of a lab.
    private static final Bound MEMORY = new Bound(64, 0.06);
    private static final Bound HEAP = new Bound(12, 0.03);
    private static final Bound THREADS = new Bound(10, 0.02);
    private static final Bound DESCRIPTORS = new Bound(20, 0.02);

    /** Those of this JVM, and of the engine where it runs on this machine. */
    static List<Gauge> all() {
        List<Gauge> all = new ArrayList<>();
        all.add(new Gauge("JVM, heap after GC", "MiB", HEAP, Gauge::heapAfterGc));
        all.addAll(of("JVM", Optional.of(ProcFile.self())));
        boolean here = Optional.ofNullable(System.getenv("DOCKER_HOST"))
                .orElse("unix:")
                .startsWith("unix:");
        for (String name : List.of("dockerd", "containerd")) {
            all.addAll(of(name, here ? ProcFile.named(name) : Optional.empty()));
        }
        return all;
    }

    private static List<Gauge> of(String name, Optional<ProcFile> process) {
        return List.of(
                new Gauge(name + ", memory (RSS)", "MiB", MEMORY, asking(process, ProcFile::memory)),
                new Gauge(name + ", threads", "", THREADS, asking(process, ProcFile::threads)),
                new Gauge(name + ", descriptors", "", DESCRIPTORS, asking(process, ProcFile::descriptors)));
    }

    private static Supplier<OptionalDouble> asking(
            Optional<ProcFile> process, Function<ProcFile, OptionalDouble> question) {
        return () -> process.map(question).orElseGet(OptionalDouble::empty);
    }

    private static OptionalDouble heapAfterGc() {
        System.gc();
        return OptionalDouble.of(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE);
    }
}
