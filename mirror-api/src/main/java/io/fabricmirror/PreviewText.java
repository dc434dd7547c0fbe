package io.fabricmirror;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a preview for people. */
final class PreviewText {
    private PreviewText() {}

    static String of(Preview preview, String subject) {
        StringBuilder text =
                new StringBuilder("PREVIEW  " + preview.planName() + ": " + subject + "; nothing written\n");
        int number = 0;
        for (PreviewStep step : preview.steps()) {
            text.append(Text.step(++number, step.key(), step.word().value(), step.detail()));
            step.changes()
                    .forEach(change -> text.append(Text.INDENT).append(change).append('\n'));
            step.consents()
                    .forEach(consent -> text.append(Text.INDENT)
                            .append("consent ")
                            .append(consent)
                            .append(": ")
                            .append(consent.consequence())
                            .append('\n'));
        }
        appendTables(text, preview.tables());
        preview.unseen().forEach(problem -> text.append('\n').append(problem.text()));
        preview.obstacles().forEach(problem -> text.append('\n').append(problem.text()));
        text.append('\n').append(closing(preview)).append('\n');
        return text.toString();
    }

    private static void appendTables(StringBuilder text, List<TableFinding> tables) {
        if (tables.isEmpty()) {
            return;
        }

        text.append("\nTables: ")
                .append(count(tables, TableFinding.Severity.OK))
                .append(" ok, ")
                .append(count(tables, TableFinding.Severity.WARNING))
                .append(" with a warning, ")
                .append(count(tables, TableFinding.Severity.SKIPPED))
                .append(" not mirrored\n");
        tables.stream()
                .filter(t -> t.severity() != TableFinding.Severity.OK)
                .forEach(t -> text.append(t.severity() == TableFinding.Severity.WARNING ? "  warn  " : "  skip  ")
                        .append(Text.padded(t.table().toString(), 26))
                        .append(Text.padded(t.code(), 32))
                        .append(t.reason())
                        .append(t.remedy().isEmpty() ? "\n" : "\n        remedy  " + t.remedy() + "\n"));
    }

    private static long count(List<TableFinding> tables, TableFinding.Severity severity) {
        return tables.stream().filter(t -> t.severity() == severity).count();
    }

    private static String closing(Preview preview) {
        if (preview.nothingToChange()) {
            return "Nothing would change.";
        }

        String consents = preview.missingConsents().isEmpty()
                ? "No consent needed."
                : "Consents needed: "
                        + preview.missingConsents().stream().map(Consent::name).collect(Collectors.joining(", ")) + ".";
        if (!preview.obstacles().isEmpty()) {
            return consents + " Obstacles: " + preview.obstacles().size() + "; applying would change nothing.";
        }

        return preview.unseen().isEmpty()
                ? consents + " Nothing else stands in the way."
                : consents + " Not seen: " + preview.unseen().size() + "; nobody knows yet what they need.";
    }
}
