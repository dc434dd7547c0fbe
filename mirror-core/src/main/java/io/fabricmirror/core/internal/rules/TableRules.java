package io.fabricmirror.core.internal.rules;

import io.fabricmirror.TableFinding;
import io.fabricmirror.TableFinding.Severity;
import io.fabricmirror.TableName;
import io.fabricmirror.core.internal.rules.TableJudge.Note;
import io.fabricmirror.core.internal.sql.Sql;
import io.fabricmirror.core.internal.sql.TableCatalog.Column;
import io.fabricmirror.core.internal.sql.TableCatalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The dated rules for tables. The codes are those of the service's own {@code azure_cdc.get_all_tables_mirror_status()}, so that they
 * can be searched for; what only this library looks for has codes of its own.
 */
final class TableRules {
    private final String role;
    private final Set<String> types;
    private final Set<String> typesNotInKey;
    private final String forbidden;

    TableRules(Rules rules, String role) {
        this.role = role;
        types = rules.allowed("tables.types");
        typesNotInKey = rules.allowed("tables.types-not-in-key");
        forbidden = rules.forbidden("tables.name-characters");
    }

    List<Note> notes(Table table) {
        List<Note> notes = new ArrayList<>();
        if (table.kind() != 'r' || table.partition() || table.persistence() != 'p') {
            // Nothing that could be said of its columns would matter.
            notes.add(notRegular(table));
            return notes;
        }

        names(notes, table);
        types(notes, table);
        if (table.keyIndex() == null) {
            notes.add(new Note(
                    Severity.WARNING,
                    "NO_INDEX_FULL_IDENTITY",
                    "no key, so REPLICA IDENTITY FULL: works, writes more WAL",
                    alter(table, "ADD COLUMN mirror_key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
                    false));
        }
        ours(notes, table);
        return notes;
    }

    private void names(List<Note> notes, Table table) {
        if (hasForbidden(table.name().name())) {
            notes.add(new Note(
                    Severity.SKIPPED,
                    "FORBIDDEN_CHARS_IN_TABLE_NAME",
                    "the name has a character Fabric does not take",
                    alter(
                            table,
                            "RENAME TO " + Sql.identifier(tamed(table.name().name()))),
                    false));
        }
        List<String> columns = table.columns().stream()
                .map(Column::name)
                .filter(this::hasForbidden)
                .toList();
        if (!columns.isEmpty()) {
            notes.add(new Note(
                    Severity.WARNING,
                    "FORBIDDEN_CHARS_IN_COLUMN_NAME",
                    "columns " + columns,
                    columns.stream()
                            .map(c -> alter(
                                    table, "RENAME COLUMN " + Sql.identifier(c) + " TO " + Sql.identifier(tamed(c))))
                            .collect(Collectors.joining("; ")),
                    false));
        }
    }

    private void types(List<Note> notes, Table table) {
        List<Column> unknown =
                table.columns().stream().filter(c -> !types.contains(c.type())).toList();
        List<Column> badKey = table.columns().stream()
                .filter(c -> table.keyColumns().contains(c.name()))
                .filter(c -> !types.contains(c.type()) || typesNotInKey.contains(c.type()))
                .toList();
        List<Column> others = unknown.stream().filter(c -> !badKey.contains(c)).toList();
        if (!badKey.isEmpty()) {
            notes.add(new Note(
                    Severity.SKIPPED,
                    "UNSUPPORTED_TYPE_IN_REPLICA_IDENTITY",
                    "the key has " + named(badKey),
                    asText(table, badKey),
                    false));
        }
        if (!others.isEmpty()) {
            notes.add(new Note(
                    Severity.WARNING,
                    "UNSUPPORTED_DATA_TYPE",
                    named(others) + ": may be left out",
                    asText(table, others),
                    false));
        }
    }

    /** What the service says nothing of, but those who read the copy, or own the table, would feel. */
    private void ours(List<Note> notes, Table table) {
        if (table.rowSecurity() && !table.owner().equals(role)) {
            notes.add(ours(
                    Severity.SKIPPED,
                    "ROW_LEVEL_SECURITY",
                    "row-level security: " + table.owner() + " would lose the owner's way past the policies",
                    "CREATE POLICY former_owner ON " + Sql.table(table.name()) + " TO " + Sql.identifier(table.owner())
                            + " USING (true) WITH CHECK (true); " + alter(table, "OWNER TO " + Sql.identifier(role))));
        }
        if (!table.bareNumerics().isEmpty()) {
            notes.add(ours(
                    Severity.WARNING,
                    "NUMERIC_WITHOUT_SCALE",
                    "numeric without scale " + String.join(", ", table.bareNumerics()) + ": fractions are lost",
                    columns(table, table.bareNumerics(), "numeric(38, 10)")));
        }
        if (!table.generated().isEmpty()) {
            notes.add(ours(
                    Severity.WARNING,
                    "GENERATED_COLUMN",
                    "generated " + String.join(", ", table.generated())
                            + ": PostgreSQL does not publish what it computes",
                    ""));
        }
        if (table.parent()) {
            notes.add(ours(
                    Severity.WARNING,
                    "INHERITED_BY_OTHERS",
                    "tables inherit from it: their rows are in their own copies, not in this one",
                    ""));
        }
    }

    private static Note notRegular(Table table) {
        boolean unlogged = table.kind() == 'r' && table.persistence() == 'u' && !table.partition();
        return new Note(
                Severity.SKIPPED, "NOT_REGULAR_TABLE", kind(table), unlogged ? alter(table, "SET LOGGED") : "", false);
    }

    private static String kind(Table table) {
        if (table.partition()) {
            return "a partition";
        }

        return switch (table.kind()) {
            case 'p' -> "partitioned";
            case 'v' -> "view";
            case 'm' -> "materialized view";
            case 'f' -> "foreign table";
            default -> table.persistence() == 'u' ? "unlogged" : "temporary";
        };
    }

    private boolean hasForbidden(String name) {
        return name.chars().anyMatch(c -> forbidden.indexOf(c) >= 0);
    }

    private String tamed(String name) {
        return name.chars()
                .mapToObj(c -> forbidden.indexOf(c) >= 0 ? "_" : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static Note ours(Severity severity, String code, String reason, String remedy) {
        return new Note(severity, code, reason, remedy, true);
    }

    private static String asText(Table table, List<Column> columns) {
        return columns(table, columns.stream().map(Column::name).toList(), "text");
    }

    private static String columns(Table table, List<String> columns, String type) {
        return alter(
                table,
                columns.stream()
                        .map(c -> "ALTER COLUMN " + Sql.identifier(c) + " TYPE " + type)
                        .collect(Collectors.joining(", ")));
    }

    private static String alter(Table table, String action) {
        return "ALTER TABLE " + Sql.table(table.name()) + " " + action;
    }

    private static String named(List<Column> columns) {
        return columns.stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "));
    }

    /** Says that a table comes after those that Fabric takes. */
    static TableFinding beyondLimit(TableName table, int limit, String source) {
        return new TableFinding(
                table,
                Severity.SKIPPED,
                "TABLE_LIMIT",
                "after the first " + limit + " tables by schema and name (" + source + ")",
                "");
    }
}
