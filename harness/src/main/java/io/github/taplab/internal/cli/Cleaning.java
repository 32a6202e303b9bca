package io.github.taplab.internal.cli;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.stock.Item;
import io.github.taplab.internal.stock.Item.Status;
import io.github.taplab.internal.stock.Stock;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the command {@code clean} removes, place by place, and what it says of it. */
final class Cleaning {

    private final boolean all;
    private final boolean dryRun;
    private final PrintStream out;
    private final PrintStream err;
    private final List<Item> gone = new ArrayList<>();
    private int used;
    private boolean leftBehind;

    /**
     * Nothing yet.
     *
     * @param all whether what is current goes too
     * @param dryRun whether it is only said what would go
     */
    Cleaning(boolean all, boolean dryRun, PrintStream out, PrintStream err) {
        this.all = all;
        this.dryRun = dryRun;
        this.out = out;
        this.err = err;
    }

    /**
     * Removes what may go of that which one place has.
     *
     * @param removal says why an item is still there; empty: it is gone
     */
    void clean(List<Item> items, Function<Item, Optional<String>> removal) {
        for (Item item : items) {
            if (Stock.mayGo(item, all)) {
                clean(item, removal);
            } else if (item.status() == Status.IN_USE) {
                used++;
            }
        }
    }

    private void clean(Item item, Function<Item, Optional<String>> removal) {
        Optional<String> reason = dryRun ? Optional.empty() : removal.apply(item);
        if (reason.isEmpty()) {
            gone.add(item);
            out.println("%s %s %s".formatted(verb(), item.kind(), item.name()));
        } else {
            leftBehind = true;
            err.println("taplab: %s %s stays: %s".formatted(item.kind(), item.name(), reason.get()));
        }
    }

    /** Says that a Docker host could not be looked at. */
    void notLookedAt(LabUnavailableException why) {
        leftBehind = true;
        err.println("taplab: a Docker host is not cleaned, since " + why.getMessage());
    }

    /** Says what has gone in all; 1 if something stays that should have gone, or was not looked at. */
    int end() {
        out.println("%s %s".formatted(verb(), StockTable.sum(gone)));
        if (used > 0) {
            out.println("%d in use stay".formatted(used));
        }
        return leftBehind ? 1 : 0;
    }

    private String verb() {
        return dryRun ? "would remove" : "removed";
    }
}
