package io.github.taplab.internal.cli;

import io.github.taplab.internal.config.EngineName;
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

    private final List<EngineName> engines;
    private final Stock stock;
    private final PrintStream out;
    private final PrintStream err;

    Housekeeping(Settings settings, PrintStream out, PrintStream err) {
        engines = settings.engines();
        stock = new Stock(settings);
        this.out = out;
        this.err = err;
    }

    /** Shows all that stays; 1 if a Docker host can't be looked at. */
    int show() {
        List<Item> items = new ArrayList<>();
        int code = 0;
        for (EngineName name : engines) {
            try {
                items.addAll(shownOrLeft(name));
            } catch (LabUnavailableException e) {
                err.println("taplab: a Docker host is not shown, since " + e.getMessage());
                code = 1;
            }
        }
        items.addAll(stock.inCache());
        show(items);
        return code;
    }

    /**
     * The items of the only engine, which are shown with those of the cache; of several each has a table of its own.
     */
    private List<Item> shownOrLeft(EngineName name) {
        DockerEngine docker = DockerEngine.connect(name);
        try {
            List<Item> items = stock.on(docker, true);
            if (engines.size() == 1) {
                return items;
            }
            out.println(docker.name() + ":");
            show(items);
            out.println("the cache:");
            return List.of();
        } finally {
            docker.close();
        }
    }

    private void show(List<Item> items) {
        StockTable.lines(items, Instant.now()).forEach(out::println);
    }

    /** Removes what may go; 1 if something of it stays. */
    int clean(boolean all, boolean dryRun) {
        int code = 0;
        for (EngineName name : engines) {
            DockerEngine docker = DockerEngine.connect(name);
            try {
                List<Item> items = new ArrayList<>(stock.on(docker, true));
                if (name.equals(engines.get(engines.size() - 1))) {
                    items.addAll(stock.inCache());
                }
                code = Math.max(code, clean(docker, items, all, dryRun));
            } finally {
                docker.close();
            }
        }
        return code;
    }

    private int clean(DockerEngine docker, List<Item> items, boolean all, boolean dryRun) {
        List<Item> going = items.stream().filter(item -> Stock.mayGo(item, all)).toList();
        int code = dryRun ? announce(going) : remove(docker, going);
        long used =
                items.stream().filter(item -> item.status() == Status.IN_USE).count();
        if (used > 0) {
            out.println("%d in use stay".formatted(used));
        }
        return code;
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
