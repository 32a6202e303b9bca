package io.github.taplab.spec;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** The disk that a guest boots from. */
@API(status = Status.STABLE, since = "0.1.0")
public final class DiskSpec {

    private final ImageSource image;
    private final Firmware firmware;
    private final CloudInit cloudInit;
    private final SeedSpec seed;
    private final CustomizeSpec customize;

    DiskSpec(ImageSource image, Firmware firmware, CloudInit cloudInit, SeedSpec seed, CustomizeSpec customize) {
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
        this.image = image;
        this.firmware = firmware;
        this.cloudInit = cloudInit;
        this.seed = seed;
        this.customize = customize;
    }

    /** What is on it at first; the guest writes to an overlay. */
    public ImageSource image() {
        return image;
    }

    /** What starts its boot loader. */
    public Firmware firmware() {
        return firmware;
    }

    /** Where the guest's cloud-init finds its data. */
    public CloudInit cloudInit() {
        return cloudInit;
    }

    /** That data, for {@link CloudInit#NO_CLOUD}. */
    public SeedSpec seed() {
        return seed;
    }

    /** What is put into the overlay before the guest boots. */
    public CustomizeSpec customize() {
        return customize;
    }

    /** An image with the defaults of {@code @MacvtapVm}. */
    public static DiskSpec of(ImageSource image) {
        return new DiskSpec(image, Firmware.BIOS, CloudInit.NO_CLOUD, SeedSpec.DEFAULT, CustomizeSpec.NOTHING);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DiskSpec that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private List<Object> values() {
        return List.of(image, firmware, cloudInit, seed, customize);
    }

    @Override
    public String toString() {
        return "DiskSpec[image=%s, firmware=%s, cloudInit=%s, seed=%s, customize=%s]"
                .formatted(image, firmware, cloudInit, seed, customize);
    }

    /** An image with the defaults of {@code @MacvtapVm}. */
    public static Builder builder(ImageSource image) {
        return new Builder(image);
    }

    /** Collects a {@link DiskSpec}; nothing is checked before {@link #build}. */
    public static final class Builder {

        private final ImageSource image;
        private Firmware firmware = Firmware.BIOS;
        private CloudInit cloudInit = CloudInit.NO_CLOUD;
        private SeedSpec seed = SeedSpec.DEFAULT;
        private CustomizeSpec customize = CustomizeSpec.NOTHING;

        private Builder(ImageSource image) {
            this.image = image;
        }

        /** What starts its boot loader. */
        public Builder firmware(Firmware value) {
            firmware = value;
            return this;
        }

        /** Where the guest's cloud-init finds its data. */
        public Builder cloudInit(CloudInit value) {
            cloudInit = value;
            return this;
        }

        /** That data, for {@link CloudInit#NO_CLOUD}. */
        public Builder seed(SeedSpec value) {
            seed = value;
            return this;
        }

        /** What is put into the overlay before the guest boots. */
        public Builder customize(CustomizeSpec value) {
            customize = value;
            return this;
        }

        /**
         * Checks and makes the spec.
         *
         * @throws InvalidSpecException with every broken rule
         */
        public DiskSpec build() {
            return new DiskSpec(image, firmware, cloudInit, seed, customize);
        }
    }
}
