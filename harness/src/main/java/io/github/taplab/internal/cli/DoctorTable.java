package io.github.taplab.internal.cli;

import io.github.taplab.internal.doctor.Finding;
import io.github.taplab.internal.doctor.Finding.Grade;
import java.util.ArrayList;
import java.util.List;

/** What was found of a machine, as lines for a terminal. */
final class DoctorTable {

    private DoctorTable() {}

    /** A line for each finding, below it what to do, and at the end the verdict. */
    static List<String> lines(List<Finding> findings) {
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            rows.add(List.of(
                    finding.grade().toString(),
                    finding.what(),
                    finding.remedy().isEmpty() ? finding.found() : finding.found() + "\n-> " + finding.remedy()));
        }
        List<String> lines = new ArrayList<>(Table.lines(rows));
        lines.add("");
        lines.add(verdict(findings));
        return lines;
    }

    /** Whether nothing is missing. */
    static boolean canRunLabs(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.grade() == Grade.MISSING);
    }

    private static String verdict(List<Finding> findings) {
        List<String> missing = findings.stream()
                .filter(finding -> finding.grade() == Grade.MISSING)
                .map(Finding::what)
                .toList();
        return missing.isEmpty() ? "Labs can run here." : "No lab can run here: " + String.join(", ", missing);
    }
}
