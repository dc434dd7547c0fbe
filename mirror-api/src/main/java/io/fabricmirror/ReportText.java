package io.fabricmirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a report for people. */
final class ReportText {
    private ReportText() {}

    static String of(Report report) {
        StringBuilder text = new StringBuilder("APPLY  " + report.planName()
                + report.run().reference().map(r -> ", approved by " + r).orElse("") + "\n");
        int number = 0;
        for (StepResult step : report.steps()) {
            text.append(Text.step(++number, step.key(), step.outcome().value(), step.detail()));
            step.changes()
                    .forEach(change -> text.append(Text.INDENT).append(change).append('\n'));
        }
        appendTables(text, report.tables());
        report.steps()
                .forEach(step -> step.problem().ifPresent(p -> text.append('\n').append(p.text())));
        return text.append('\n').append(summary(report)).append('\n').toString();
    }

    static String summary(Report report) {
        List<String> counts = new ArrayList<>();
        for (Outcome outcome : List.of(
                Outcome.CHANGED,
                Outcome.SATISFIED,
                Outcome.IN_PROGRESS,
                Outcome.NEEDS_ACTION,
                Outcome.FAILED,
                Outcome.UNKNOWN,
                Outcome.NOT_REACHED)) {
            long count = report.steps().stream()
                    .filter(s -> s.outcome().equals(outcome))
                    .count();
            if (count > 0) {
                counts.add(count + " " + outcome);
            }
        }
        String tables = report.tables().isEmpty()
                ? ""
                : " " + report.tables().stream().filter(TableProgress::arrived).count() + "/"
                        + report.tables().size() + " tables replicating.";
        String untouched = report.verdict() != Verdict.NOTHING_TO_CHANGE
                        && report.changes().isEmpty()
                        && report.verdict() != Verdict.UNCERTAIN
                ? " Nothing was changed."
                : "";
        return report.verdict().name().replace('_', ' ') + " in " + Report.seconds(report.elapsed()) + ": "
                + String.join(", ", counts) + "." + tables + untouched;
    }

    private static void appendTables(StringBuilder text, List<TableProgress> tables) {
        if (tables.isEmpty()) {
            return;
        }

        text.append(String.format(Locale.ROOT, "%n  %-30s%-16s%12s%12s%n", "table", "state", "source", "processed"));
        for (TableProgress table : tables) {
            String source = table.sourceRows() < 0 ? "" : String.format(Locale.ROOT, "%,d", table.sourceRows());
            text.append(String.format(
                    Locale.ROOT,
                    "  %-30s%-16s%12s%,12d  %s%n",
                    table.table(),
                    table.state(),
                    source,
                    table.processedRows(),
                    table.error()));
        }
    }
}
