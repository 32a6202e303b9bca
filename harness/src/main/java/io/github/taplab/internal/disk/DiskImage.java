package io.github.taplab.internal.disk;

import io.github.taplab.internal.docker.VolumeMount;
import java.util.List;
import java.util.stream.Stream;

/**
 * An image on the Docker host, which nothing writes to any more.
 *
 * @param path in every container that has the volumes
 * @param format {@code qcow2} or {@code raw}
 * @param digest of its content, and of what it is based on: a volume that is made anew may have another
 * @param volumes the image's own, and those of what it is based on
 */
public record DiskImage(String path, String format, String digest, List<VolumeMount> volumes) {

    private static final String FOLDER = "/var/lib/taplab/disks/";
    private static final String FILE = "/image";

    public DiskImage {
        volumes = List.copyOf(volumes);
    }

    /** The image of a volume that is based on nothing. */
    static DiskImage of(String volume, String format, String digest) {
        return new DiskImage(
                folder(volume) + FILE, format, digest, List.of(new VolumeMount(volume, folder(volume), true)));
    }

    /** The same, where the image is an overlay on another one. */
    DiskImage basedOn(DiskImage base) {
        return new DiskImage(
                path,
                format,
                digest + " on " + base.digest(),
                Stream.concat(volumes.stream(), base.volumes().stream()).toList());
    }

    /** Where a container has a volume. */
    static String folder(String volume) {
        return FOLDER + volume;
    }
}
