package io.github.taplab.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** What a run has seen, in the order of first samples. */
final class Figures {

    private static final int BAR = 30;

    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private final Map<String, List<Double>> floors = new LinkedHashMap<>();
    private final Map<String, List<Figure.Other>> others = new LinkedHashMap<>();

    synchronized void clear() {
        values.clear();
        floors.clear();
        others.clear();
    }

    synchronized void value(String name, Duration time) {
        add(values, name, time);
    }

    synchronized void floor(String name, Duration time) {
        add(floors, name, time);
    }

    /** Has another one's floor for its own: it was seen in the same run. */
    synchronized void floorOf(String name, String other) {
        floors.put(name, List.copyOf(floors.getOrDefault(other, List.of())));
    }

    /** Has the values of another one for its floor. */
    synchronized void floorIs(String name, String other) {
        floors.put(name, List.copyOf(values.getOrDefault(other, List.of())));
    }

    /** A figure that is no time. */
    synchronized void other(String name, String what, double value) {
        others.computeIfAbsent(name, unused -> new ArrayList<>()).add(new Figure.Other(what, value));
    }

    /** Does something, and keeps how long it took. */
    <T> T value(String name, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        T result = work.call();
        value(name, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    <T> T floor(String name, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        T result = work.call();
        floor(name, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    private static void add(Map<String, List<Double>> samples, String name, Duration time) {
        samples.computeIfAbsent(name, unused -> new ArrayList<>()).add(time.toNanos() / 1e6);
    }

    synchronized List<Figure> all() {
        return values.entrySet().stream()
                .map(each -> new Figure(
                        each.getKey(),
                        each.getValue(),
                        floors.getOrDefault(each.getKey(), List.of()),
                        others.getOrDefault(each.getKey(), List.of())))
                .toList();
    }

    /** {@code {"name": {"value": ms, "floor": ms, "ratio": x}}}, and what else was seen of it. */
    String json() {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode all = mapper.createObjectNode();
        for (Figure figure : all()) {
            ObjectNode one = all.putObject(figure.name());
            one.put("value", rounded(figure.value(), 10));
            figure.floor().ifPresent(floor -> one.put("floor", rounded(floor, 10)));
            figure.ratio().ifPresent(ratio -> one.put("ratio", rounded(ratio, 1000)));
            one.put("samples", figure.values().size());
            figure.more().forEach(other -> one.put(other.name(), rounded(other.value(), 10)));
        }
        try {
            return mapper.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double rounded(double number, int parts) {
        return Math.round(number * parts) / (double) parts;
    }

    /** As a table in Markdown. */
    String table() {
        return "| name | median, ms | floor, ms | ratio | samples | |\n|---|---|---|---|---|---|\n"
                + all().stream().map(Figures::row).collect(Collectors.joining());
    }

    private static String row(Figure figure) {
        return "| `%s` | %s | %s | %s | %d | %s |%n"
                .formatted(
                        figure.name(),
                        number(figure.value()),
                        figure.floor().map(Figures::number).orElse("-"),
                        figure.ratio()
                                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                                .orElse("-"),
                        figure.values().size(),
                        figure.more().stream()
                                .map(other -> "%s %s".formatted(number(other.value()), other.name()))
                                .collect(Collectors.joining(", ")));
    }

    private static String number(double milliseconds) {
        return String.format(Locale.ROOT, milliseconds < 10 ? "%.1f" : "%.0f", milliseconds);
    }

    /** As a chart of characters: a full line is as long as the floor takes. */
    String chart() {
        int width =
                all().stream().mapToInt(figure -> figure.name().length()).max().orElse(1);
        return all().stream()
                .filter(figure -> figure.ratio().isPresent())
                .map(figure -> "%s  %s".formatted(padded(figure.name(), width), bar(figure)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String bar(Figure figure) {
        double ratio = figure.ratio().orElseThrow();
        int full = (int) Math.round(Math.min(ratio, 2) * BAR);
        String bar = "█".repeat(full) + "·".repeat(Math.max(0, BAR - full)) + (ratio > 2 ? "…" : "");
        return "%s %.2f × %s ms".formatted(bar, ratio, number(figure.floor().orElseThrow()));
    }

    private static String padded(String name, int width) {
        return name + " ".repeat(width - name.length());
    }
}
