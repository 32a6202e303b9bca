package io.github.taplab.internal.cli;

import io.github.taplab.internal.config.ByteSize;
import io.github.taplab.internal.stock.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stays when runs are over, as lines for a terminal. */
final class StockTable {

    private StockTable() {}

    /** A line for each item under a line of titles, and at the end what all of them take. */
    static List<String> lines(List<Item> items, Instant now) {
        if (items.isEmpty()) {
            return List.of("nothing");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("what", "status", "size", "age", "name"));
        for (Item item : items) {
            rows.add(List.of(
                    item.kind().toString(),
                    item.status().toString(),
                    item.size().map(ByteSize::toString).orElse("?"),
                    item.since().map(since -> age(Duration.between(since, now))).orElse("?"),
                    item.name()));
        }
        List<String> lines = new ArrayList<>(Table.lines(rows));
        lines.add("");
        lines.add(sum(items));
        return lines;
    }

    /** How many there are, and what they take. */
    static String sum(List<Item> items) {
        long bytes = items.stream()
                .map(Item::size)
                .flatMap(Optional::stream)
                .mapToLong(ByteSize::bytes)
                .sum();
        // Images share what they are built on, and each is counted with all that it has.
        return "%d items, at most %s%s"
                .formatted(
                        items.size(),
                        new ByteSize(bytes),
                        items.stream().anyMatch(item -> item.size().isEmpty())
                                ? ", without those whose size is not known"
                                : "");
    }

    /** In the largest unit of which there are two at least. */
    static String age(Duration since) {
        if (since.toDays() >= 2) {
            return since.toDays() + " days";
        }
        if (since.toHours() >= 2) {
            return since.toHours() + " h";
        }
        return Math.max(since.toMinutes(), 0) + " min";
    }
}
