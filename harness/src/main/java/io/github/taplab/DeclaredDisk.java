package io.github.taplab;

import io.github.taplab.internal.guestimage.KnownImages;
import io.github.taplab.spec.CloudInit;
import io.github.taplab.spec.CustomizeSpec;
import io.github.taplab.spec.DiskSpec;
import io.github.taplab.spec.Firmware;
import io.github.taplab.spec.GuestFileSpec;
import io.github.taplab.spec.ImageSource;
import io.github.taplab.spec.SeedSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the disk of one {@link MacvtapVm}, and collects all that is wrong with it. */
final class DeclaredDisk {

    private static final KnownImages KNOWN = KnownImages.read();
    private static final Seed DEFAULT_SEED = defaultOf("seed", Seed.class);
    private static final Customize DEFAULT_CUSTOMIZE = defaultOf("customize", Customize.class);

    private final Problems problems;

    DeclaredDisk(Problems problems) {
        this.problems = problems;
    }

    /** The disk; empty if there is none, or something is wrong with it. */
    Optional<DiskSpec> read(MacvtapVm vm) {
        if (vm.image().isEmpty()) {
            checkNothingIsLost(vm);
            return Optional.empty();
        }
        Optional<ImageSource> image = problems.checked(() -> {
            ImageSource source = ImageSource.of(vm.image(), vm.checksum());
            KNOWN.check(source);
            return source;
        });
        Optional<SeedSpec> seed = problems.checked(() -> seed(vm.seed()));
        Optional<CustomizeSpec> customize = problems.checked(() -> customize(vm.customize()));
        return image.flatMap(source ->
                seed.flatMap(data -> customize.flatMap(changes -> problems.checked(() -> DiskSpec.builder(source)
                        .firmware(vm.firmware())
                        .cloudInit(vm.cloudInit())
                        .seed(data)
                        .customize(changes)
                        .build()))));
    }

    private void checkNothingIsLost(MacvtapVm vm) {
        List<String> lost = new ArrayList<>();
        lost(lost, "checksum", vm.checksum(), "");
        lost(lost, "firmware", vm.firmware(), Firmware.BIOS);
        lost(lost, "cloudInit", vm.cloudInit(), CloudInit.NO_CLOUD);
        lost(lost, "seed", vm.seed(), DEFAULT_SEED);
        lost(lost, "customize", vm.customize(), DEFAULT_CUSTOMIZE);
        if (!lost.isEmpty()) {
            problems.add("%s without an image: the small guest has no disk, say which image it boots from"
                    .formatted(String.join(", ", lost)));
        }
    }

    private static void lost(List<String> lost, String attribute, Object value, Object usual) {
        if (!value.equals(usual)) {
            lost.add(attribute);
        }
    }

    private static SeedSpec seed(Seed seed) {
        SeedSpec.Builder builder = SeedSpec.builder()
                .keys(List.of(seed.keys()))
                .files(files(seed.files()))
                .commands(List.of(seed.commands()));
        text(seed.user()).ifPresent(builder::user);
        text(seed.password()).ifPresent(builder::password);
        text(seed.networkConfig()).ifPresent(builder::networkConfig);
        return builder.build();
    }

    private static CustomizeSpec customize(Customize customize) {
        CustomizeSpec.Builder builder =
                CustomizeSpec.builder().files(files(customize.files())).commands(List.of(customize.commands()));
        text(customize.rootPassword()).ifPresent(builder::rootPassword);
        return builder.build();
    }

    private static List<GuestFileSpec> files(GuestFile[] files) {
        return Stream.of(files)
                .map(file -> GuestFileSpec.builder(file.path(), file.content())
                        .mode(file.mode())
                        .build())
                .toList();
    }

    private static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static <T> T defaultOf(String attribute, Class<T> type) {
        try {
            return type.cast(MacvtapVm.class.getMethod(attribute).getDefaultValue());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
