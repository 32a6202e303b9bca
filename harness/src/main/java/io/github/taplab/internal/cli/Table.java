package io.github.taplab.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Columns of text, each as wide as its widest cell. */
final class Table {

    private static final String GAP = "  ";

    private Table() {}

    /**
     * The lines of a table; what several cells of a row share in height stays in its column.
     *
     * @param rows all with as many cells
     */
    static List<String> lines(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .flatMap(row -> row.get(column).lines())
                        .mapToInt(String::length)
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            int height = row.stream()
                    .mapToInt(cell -> (int) cell.lines().count())
                    .max()
                    .orElse(1);
            for (int line = 0; line < height; line++) {
                lines.add(line(row, line, widths));
            }
        }
        return lines;
    }

    private static String line(List<String> row, int number, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column).lines().skip(number).findFirst().orElse("");
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
