package io.github.taplab.internal.disk;

import io.github.taplab.internal.config.Progress;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.Archive;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.docker.LeasedContainer;
import io.github.taplab.internal.docker.VolumeMount;
import io.github.taplab.internal.guestimage.GuestImage;
import io.github.taplab.internal.guestimage.ImageCache;
import io.github.taplab.internal.guestimage.KnownImages;
import io.github.taplab.internal.image.BuiltImage;
import io.github.taplab.internal.image.BuiltImages;
import io.github.taplab.internal.trouble.Trouble;
import io.github.taplab.internal.wait.MachineLock;
import io.github.taplab.internal.wait.Turn;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.ImageSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Brings disk images to the Docker host, each once and for all runs, as a volume that nobody writes to afterwards. */
public final class DiskImages implements AutoCloseable {

    /** On the volume of each image. */
    public static final String VOLUME_LABEL = DiskVolume.LABEL;
    /** On a volume with a change of an image: the volume of that image. */
    public static final String BASE_LABEL = DiskVolume.BASE_LABEL;

    private static final Duration COPY = Duration.ofMinutes(10);
    // A download that begins anew may take four hours, and bringing it to the Docker host minutes.
    private static final Duration LONGEST = Duration.ofHours(5);
    private static final int DIGITS = 16;

    private final DockerEngine docker;
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
     * @param container name of the container that copies
     * @param labels of that container
     */
    public DiskImages(
            DockerEngine docker, Settings settings, String container, Map<String, String> labels, Progress progress) {
        this.docker = docker;
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

    private DiskImage customized(Customization change) {
        String image = onLab(images.customize());
        DiskImage base = change.base();
        DiskImage own = filled(change.volume(), image, "qcow2", base.volumes(), (container, overlay) -> {
            container
                    .exec(
                            container.name(),
                            COPY,
                            List.of(
                                    "qemu-img",
                                    "create",
                                    "-q",
                                    "-f",
                                    "qcow2",
                                    "-F",
                                    base.format(),
                                    "-b",
                                    base.path(),
                                    overlay))
                    .orThrow();
            container
                    .exec(container.name(), COPY, List.of("mkdir", "-p", Customization.folder()))
                    .orThrow();
            container.unpack(Archive.ofTexts("", change.files()), Customization.folder());
            Trouble.explain(container.exec(container.name(), COPY, change.command(overlay)))
                    .orThrow();
        });
        return own.basedOn(base);
    }

    private DiskImage base(ImageSource source) {
        return source.equals(new ImageSource.Known(KnownImages.MADE_BY_TAPLAB)) ? debianCloud() : fetched(source);
    }

    private DiskImage fetched(ImageSource source) {
        GuestImage here = cache.fetch(source, progress);
        String format = here.disk().format().qemuName();
        String lab = images.lab().ensure(docker, Map.of(), progress);
        return filled(
                "taplab-disk-" + here.digest().hex().substring(0, DIGITS),
                lab,
                format,
                List.of(),
                (container, path) -> Upload.to(container, path, here, progress));
    }

    private DiskImage debianCloud() {
        BuiltImage built = images.debianCloud();
        String image = onLab(built);
        return filled(volumeOf(built.tag()), image, "qcow2", List.of(), DiskImages::copyOwn);
    }

    /** The volume for the disk in one of the project's own images. */
    public static String volumeOf(String tag) {
        return tag.replaceAll("[/:]", "-");
    }

    /** An image whose last stage is the lab image: an engine that has not got it would look for it elsewhere. */
    private String onLab(BuiltImage image) {
        images.lab().ensure(docker, Map.of(), progress);
        return image.ensure(docker, Map.of(), progress);
    }

    private static void copyOwn(LeasedContainer container, String path) {
        container
                .exec(container.name(), COPY, List.of("cp", "/image/disk.qcow2", path))
                .orThrow();
    }

    private DiskImage filled(
            String volume, String image, String format, List<VolumeMount> others, DiskVolume.Writer writer) {
        return MachineLock.holding(
                settings.cache().resolve(volume + ".lock"),
                "brings the image %s to the Docker host".formatted(volume),
                COPY,
                progress,
                () -> {
                    String digest = new DiskVolume(docker, volume)
                            .fill(image, container + "-" + volume, labels, others, writer);
                    return DiskImage.of(volume, format, digest);
                });
    }

    @Override
    public void close() {
        cache.close();
    }
}
