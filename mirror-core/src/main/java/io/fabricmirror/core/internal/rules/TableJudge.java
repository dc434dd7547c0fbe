package io.fabricmirror.core.internal.rules;

import io.fabricmirror.TableFinding;
import io.fabricmirror.TableFinding.Severity;
import io.fabricmirror.core.internal.sql.AzureCdc;
import io.fabricmirror.core.internal.sql.TableCatalog.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether Fabric can mirror a table: by the service's own verdict if the server gives one, else by the dated rules. Where the
 * two differ the service's word counts, because it acts by it, and the finding says both.
 */
final class TableJudge {
    private final TableRules rules;
    private final String date;
    private final String role;

    TableJudge(Rules rules, String role) {
        this.rules = new TableRules(rules, role);
        this.date = rules.date();
        this.role = role;
    }

    /**
     * Judges a table.
     *
     * @param verdict what the server itself finds, or null if it was not asked or says nothing of the table
     */
    TableFinding judge(Table table, @Nullable List<AzureCdc.Finding> verdict) {
        List<Note> notes = rules.notes(table);
        return finding(table, verdict == null ? notes : joined(table, notes, verdict));
    }

    private List<Note> joined(Table table, List<Note> byRules, List<AzureCdc.Finding> verdict) {
        List<Note> notes = new ArrayList<>();
        for (AzureCdc.Finding found : verdict) {
            // A table of another owner is what the run is about to mend.
            boolean mended =
                    found.code().equals("NOT_TABLE_OWNER") && !table.owner().equals(role);
            Severity severity = severity(found);
            if (severity != Severity.OK && !mended) {
                Optional<Note> same = byRules.stream()
                        .filter(n -> n.code().equals(found.code()))
                        .findFirst();
                String reason = same.map(Note::reason).orElseGet(() -> reason(found));
                notes.add(new Note(
                        severity,
                        found.code(),
                        same.filter(n -> n.severity() == severity).isPresent()
                                ? reason
                                : differing(reason, found.status(), same.map(Note::severity)),
                        same.map(Note::remedy).orElse(""),
                        false));
            }
        }
        for (Note note : byRules) {
            boolean said = verdict.stream().anyMatch(found -> found.code().equals(note.code()));
            if (note.ours()) {
                notes.add(note);
            } else if (!said) {
                // Not OK, though the service calls it so: what two sources see differently is worth a look.
                notes.add(new Note(
                        Severity.WARNING,
                        note.code(),
                        differing(note.reason(), "OK", Optional.of(note.severity())),
                        note.remedy(),
                        false));
            }
        }
        return notes;
    }

    private String differing(String reason, String status, Optional<Severity> byRules) {
        return reason + " (azure_cdc says " + status + ", the rules of " + date + " say "
                + byRules.map(s -> s == Severity.SKIPPED ? "ERROR" : s.name()).orElse("OK") + ")";
    }

    private static Severity severity(AzureCdc.Finding finding) {
        return switch (finding.status()) {
            case "OK" -> Severity.OK;
            case "ERROR" -> Severity.SKIPPED;
            default -> Severity.WARNING;
        };
    }

    private static String reason(AzureCdc.Finding finding) {
        return finding.details().matches("|\\{}|null") ? "the server says so" : finding.details();
    }

    /** Makes one verdict of all notes: the worst decides, the others are named. */
    private static TableFinding finding(Table table, List<Note> notes) {
        if (notes.isEmpty()) {
            return new TableFinding(table.name(), Severity.OK, "", "", "");
        }

        Note worst = notes.stream().max(Comparator.comparing(Note::severity)).orElseThrow();
        String reasons = notes.stream()
                .sorted(Comparator.comparing(note -> !note.equals(worst)))
                .map(note -> note.equals(worst) ? note.reason() : note.code() + ": " + note.reason())
                .collect(Collectors.joining("; "));
        return new TableFinding(table.name(), worst.severity(), worst.code(), reasons, worst.remedy());
    }

    /**
     * One thing to say of a table.
     *
     * @param severity how much it matters
     * @param code the service's code, or one of ours
     * @param reason why, in words
     * @param remedy the statement that would mend it, or empty text
     * @param ours whether only this library looks for it, so that the service's silence means nothing
     */
    record Note(Severity severity, String code, String reason, String remedy, boolean ours) {
        Note {
            Objects.requireNonNull(code, "code");
        }
    }
}
