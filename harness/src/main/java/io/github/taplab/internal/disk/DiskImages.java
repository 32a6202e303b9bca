package io.github.taplab.internal.disk;

import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.Archive;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.guestimage.GuestImage;
import io.github.taplab.internal.guestimage.ImageCache;
import io.github.taplab.internal.guestimage.KnownImages;
import io.github.taplab.internal.image.BuiltImage;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.image.LabImage;
import io.github.taplab.internal.trouble.Trouble;
import io.github.taplab.internal.wait.MachineLock;
import io.github.taplab.internal.wait.Turn;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.ImageSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Brings disk images to the Docker host, each once and for all runs, as a volume that nobody writes to afterwards. */
public final class DiskImages implements AutoCloseable {

    /** On the volume of each image. */
    public static final String VOLUME_LABEL = DiskVolume.LABEL;
    /** On a volume with a change of an image: the volume of that image. */
    public static final String BASE_LABEL = DiskVolume.BASE_LABEL;

    private static final Duration COPY = Duration.ofMinutes(10);
    // One that Taplab makes itself may have to be built before.
    private static final Duration FILL = Duration.ofMinutes(45);
    // A download that begins anew may take four hours, and bringing it to the Docker host minutes.
    private static final Duration LONGEST = Duration.ofHours(5);
    private static final int DIGITS = 16;

    private final DockerEngine docker;
    private final List<DockerEngine> others;
    private final Settings settings;
    private final String container;
    private final Map<String, String> labels;
    private final Progress progress;
    private final BuiltImages images;
    private final ImageCache cache;
    private final Map<ImageSource, DiskImage> ready = new ConcurrentHashMap<>();
    private final Map<ImageSource, Turn> turns = new ConcurrentHashMap<>();

    /**
     * The images of one run.
     *
     * @param others engines from which an image may be brought
     * @param container name of the container that copies
     * @param labels of that container
     */
    public DiskImages(
            DockerEngine docker,
            List<DockerEngine> others,
            Settings settings,
            String container,
            Map<String, String> labels,
            Progress progress) {
        this.docker = docker;
        this.others = List.copyOf(others);
        this.settings = settings;
        this.container = container;
        this.labels = Map.copyOf(labels);
        this.progress = progress;
        images = new BuiltImages(settings);
        cache = new ImageCache(settings.cache(), settings.cacheSize());
    }

    /** Sees to it that the engine has what a guest's disk starts from. */
    public DiskImage ensure(DiskSpec disk) {
        DiskImage base = ready(disk.image());
        return disk.customize().isNothing() ? base : customized(new Customization(base, disk.customize()));
    }

    /** Not the map's own computeIfAbsent: who waits there for another's download has no way out. */
    private DiskImage ready(ImageSource source) {
        return turns.computeIfAbsent(source, unused -> new Turn())
                .holding("another lab's search for the image " + source, LONGEST, () -> {
                    DiskImage there = ready.get(source);
                    if (there == null) {
                        there = base(source);
                        ready.put(source, there);
                    }
                    return there;
                });
    }

    /** What is known to be there, without asking; nothing of what is changed. */
    public Optional<DiskImage> known(DiskSpec disk) {
        return disk.customize().isNothing() ? Optional.ofNullable(ready.get(disk.image())) : Optional.empty();
    }

    private DiskImage customized(Customization change) {
        LabImage lab = lab();
        DiskImage base = change.base();
        DiskImage own = filled(
                new DiskVolume(docker, change.volume(), Optional.of(base)),
                lab,
                "qcow2",
                () -> images.customize(lab.tag()).ensure(docker, Map.of(), progress),
                (container, overlay) -> change(container, overlay, change));
        return own.basedOn(base);
    }

    private static void change(LeasedContainer container, String overlay, Customization change) {
        DiskImage base = change.base();
        List<String> make =
                List.of("qemu-img", "create", "-q", "-f", "qcow2", "-F", base.format(), "-b", base.path(), overlay);
        container.exec(container.name(), COPY, make).orThrow();
        container
                .exec(container.name(), COPY, List.of("mkdir", "-p", Customization.folder()))
                .orThrow();
        container.unpack(Archive.ofTexts("", change.files()), Customization.folder());
        Trouble.explain(container.exec(container.name(), COPY, change.command(overlay)))
                .orThrow();
    }

    private DiskImage base(ImageSource source) {
        return source.equals(new ImageSource.Known(KnownImages.MADE_BY_TAPLAB)) ? debianCloud() : fetched(source);
    }

    private DiskImage fetched(ImageSource source) {
        GuestImage here = cache.fetch(source, progress);
        LabImage lab = lab();
        return filled(
                new DiskVolume(docker, "taplab-disk-" + here.digest().hex().substring(0, DIGITS), Optional.empty()),
                lab,
                here.disk().format().qemuName(),
                lab::id,
                (container, path) -> Upload.to(container, path, here, progress));
    }

    private DiskImage debianCloud() {
        LabImage lab = lab();
        BuiltImage built = images.debianCloud(lab.tag());
        return filled(
                new DiskVolume(docker, volumeOf(built.tag()), Optional.empty()),
                lab,
                "qcow2",
                () -> built.ensure(docker, Map.of(), progress),
                DiskImages::copyOwn);
    }

    /** The volume for the disk in one of the project's own images. */
    public static String volumeOf(String tag) {
        return tag.replaceAll("[/:]", "-");
    }

    private LabImage lab() {
        return images.ensureLab(docker, others, progress);
    }

    private static void copyOwn(LeasedContainer container, String path) {
        container
                .exec(container.name(), COPY, List.of("cp", "/image/disk.qcow2", path))
                .orThrow();
    }

    /**
     * An image that is in a volume when this returns: it was there, or another engine has it, or it is made.
     *
     * @param maker sees to the image of the container that makes it, which may be built on the lab image
     */
    private DiskImage filled(
            DiskVolume volume, LabImage lab, String format, Supplier<String> maker, DiskVolume.Writer writer) {
        return MachineLock.holding(
                settings.cache().resolve(volume.name() + ".lock"),
                "brings the image %s to the Docker host".formatted(volume.name()),
                FILL,
                progress,
                () -> {
                    DiskVolume.Filling filling =
                            new DiskVolume.Filling(lab.id(), container + "-" + volume.name(), labels);
                    DiskCopies copies = new DiskCopies(others, filling, progress);
                    return DiskImage.of(volume.name(), format, volume.fill(filling, copies, maker, writer));
                });
    }

    @Override
    public void close() {
        cache.close();
    }
}
