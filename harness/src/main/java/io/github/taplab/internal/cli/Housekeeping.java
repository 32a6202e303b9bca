package io.github.taplab.internal.cli;

import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.stock.Item;
import io.github.taplab.internal.stock.Item.Status;
import io.github.taplab.internal.stock.Stock;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands {@code images} and {@code clean}. */
final class Housekeeping {

    private final Stock stock;
    private final PrintStream out;
    private final PrintStream err;

    Housekeeping(Settings settings, PrintStream out, PrintStream err) {
        stock = new Stock(settings);
        this.out = out;
        this.err = err;
    }

    /** Shows all that stays; 1 if the Docker host can't be looked at. */
    int show() {
        List<Item> items = new ArrayList<>();
        int code = 0;
        try {
            DockerEngine docker = DockerEngine.connect();
            try {
                items.addAll(stock.on(docker, true));
            } finally {
                docker.close();
            }
        } catch (LabUnavailableException e) {
            err.println("taplab: the cache alone is shown, since " + e.getMessage());
            code = 1;
        }
        items.addAll(stock.inCache());
        StockTable.lines(items, Instant.now()).forEach(out::println);
        return code;
    }

    /** Removes what may go; 1 if something of it stays. */
    int clean(boolean all, boolean dryRun) {
        DockerEngine docker = DockerEngine.connect();
        try {
            List<Item> items = new ArrayList<>(stock.on(docker, true));
            items.addAll(stock.inCache());
            List<Item> going =
                    items.stream().filter(item -> Stock.mayGo(item, all)).toList();
            int code = dryRun ? announce(going) : remove(docker, going);
            long used = items.stream()
                    .filter(item -> item.status() == Status.IN_USE)
                    .count();
            if (used > 0) {
                out.println("%d in use stay".formatted(used));
            }
            return code;
        } finally {
            docker.close();
        }
    }

    private int announce(List<Item> going) {
        going.forEach(item -> out.println("would remove %s %s".formatted(item.kind(), item.name())));
        out.println("would remove " + StockTable.sum(going));
        return 0;
    }

    private int remove(DockerEngine docker, List<Item> going) {
        List<Item> gone = new ArrayList<>();
        for (Item item : going) {
            Optional<String> reason = stock.remove(docker, item);
            if (reason.isEmpty()) {
                gone.add(item);
                out.println("removed %s %s".formatted(item.kind(), item.name()));
            } else {
                err.println("taplab: %s %s stays: %s".formatted(item.kind(), item.name(), reason.get()));
            }
        }
        out.println("removed " + StockTable.sum(gone));
        return gone.size() == going.size() ? 0 : 1;
    }
}
