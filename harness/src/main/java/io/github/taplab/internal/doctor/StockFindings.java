package io.github.taplab.internal.doctor;

import io.github.taplab.internal.stock.Item;
import io.github.taplab.internal.stock.Item.Kind;
import io.github.taplab.internal.stock.Item.Status;
import java.util.List;

/** What earlier runs have left on the Docker host for the next one. */
final class StockFindings {

    private StockFindings() {}

    static Finding labImage(String tag, boolean there) {
        return there
                ? Finding.ok("Lab image", tag)
                : Finding.note(
                        "Lab image",
                        tag + " is not there",
                        "nothing: the first lab builds it within minutes, from Debian's packages; without a way to"
                                + " them, taplab.base.image and taplab.debian.mirror name others");
    }

    /** How much of it there is, and whether some of it can go. */
    static List<Finding> of(List<Item> items) {
        return List.of(
                Finding.ok("Guest images", counted(items, Kind.DISK)),
                Finding.ok("Snapshots", counted(items, Kind.SNAPSHOT)),
                old(items));
    }

    private static String counted(List<Item> items, Kind kind) {
        return "%d of this version"
                .formatted(items.stream()
                        .filter(item -> item.kind() == kind && item.status() != Status.OLD)
                        .count());
    }

    private static Finding old(List<Item> items) {
        long old = items.stream().filter(item -> item.status() == Status.OLD).count();
        return old == 0
                ? Finding.ok("Of other versions", "nothing")
                : Finding.note("Of other versions", "%d images and volumes".formatted(old), "the command clean");
    }
}
