package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * The disk that a guest boots from.
 *
 * @param image what is on it at first; the guest writes to an overlay
 * @param firmware what starts its boot loader
 * @param cloudInit where the guest's cloud-init finds its data
 * @param seed that data, for {@link CloudInit#NO_CLOUD}
 * @param customize what is put into the overlay before the guest boots
 */
public record DiskSpec(
        ImageSource image, Firmware firmware, CloudInit cloudInit, SeedSpec seed, CustomizeSpec customize) {

    /**
     * Checks the disk.
     *
     * @throws InvalidSpecException with every broken rule
     */
    public DiskSpec {
        Given.check(
                "a disk",
                "image",
                image,
                "firmware",
                firmware,
                "cloudInit",
                cloudInit,
                "seed",
                seed,
                "customize",
                customize);
        List<String> problems = new ArrayList<>();
        if (cloudInit == CloudInit.OFF && !seed.equals(SeedSpec.DEFAULT)) {
            problems.add("seed with cloudInit = OFF: nobody would read it; customize works without cloud-init");
        }
        InvalidSpecException.throwIfAny(problems);
    }

    /** An image with the defaults of {@code @MacvtapVm}. */
    public static DiskSpec of(ImageSource image) {
        return new DiskSpec(image, Firmware.BIOS, CloudInit.NO_CLOUD, SeedSpec.DEFAULT, CustomizeSpec.NOTHING);
    }
}
