package io.github.taplab.internal.cli;

import io.github.taplab.internal.config.EngineName;
import io.github.taplab.internal.config.LabUnavailableException;
import io.github.taplab.internal.config.Settings;
import io.github.taplab.internal.docker.DockerEngine;
import io.github.taplab.internal.stock.Item;
import io.github.taplab.internal.stock.Stock;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

    /** Removes what may go; 1 if something of it stays, or a Docker host can't be looked at. */
    int clean(boolean all, boolean dryRun) {
        Cleaning cleaning = new Cleaning(all, dryRun, out, err);
        for (EngineName name : engines) {
            try {
                clean(name, cleaning);
            } catch (LabUnavailableException e) {
                cleaning.notLookedAt(e);
            }
        }
        cleaning.clean(stock.inCache(), stock::removeFromCache);
        return cleaning.end();
    }

    private void clean(EngineName name, Cleaning cleaning) {
        DockerEngine docker = DockerEngine.connect(name);
        try {
            cleaning.clean(stock.on(docker, true), item -> stock.remove(docker, item));
        } finally {
            docker.close();
        }
    }
}
