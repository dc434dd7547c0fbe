package io.fabricmirror.core.internal.rules;

import io.fabricmirror.TableFinding;
import io.fabricmirror.TableFinding.Severity;
import io.fabricmirror.core.internal.sql.TableCatalog.Column;
import io.fabricmirror.core.internal.sql.TableCatalog.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges whether Fabric can mirror a table, by the dated rules. The codes are those of the service's own
 * {@code azure_cdc.get_all_tables_mirror_status()}, so that they can be searched for.
 */
final class TableJudge {
    private final String role;
    private final Set<String> types;
    private final String forbidden;

    TableJudge(Rules rules, String role) {
        this.role = role;
        types = rules.allowed("tables.types");
        forbidden = rules.forbidden("tables.name-characters");
    }

    TableFinding judge(Table table) {
        if (table.kind() != 'r' || table.partition() || table.persistence() != 'p') {
            return finding(table, Severity.SKIPPED, "NOT_REGULAR_TABLE", kind(table));
        } else if (hasForbidden(table.name().name())) {
            return finding(
                    table,
                    Severity.SKIPPED,
                    "FORBIDDEN_CHARS_IN_TABLE_NAME",
                    "the name has a character Fabric does not take");
        }

        if (table.rowSecurity() && !table.owner().equals(role)) {
            return finding(
                    table,
                    Severity.SKIPPED,
                    "ROW_LEVEL_SECURITY",
                    "row-level security: " + table.owner() + " would lose the owner's way past the policies");
        }

        List<String> columns = table.columns().stream()
                .map(Column::name)
                .filter(this::hasForbidden)
                .toList();
        if (!columns.isEmpty()) {
            return finding(table, Severity.WARNING, "FORBIDDEN_CHARS_IN_COLUMN_NAME", "columns " + columns);
        }
        return judgeTypes(table);
    }

    private TableFinding judgeTypes(Table table) {
        List<Column> unknown =
                table.columns().stream().filter(c -> !types.contains(c.type())).toList();
        List<Column> unknownInKey = unknown.stream()
                .filter(c -> table.keyColumns().contains(c.name()))
                .toList();
        if (!unknownInKey.isEmpty()) {
            return finding(
                    table,
                    Severity.SKIPPED,
                    "UNSUPPORTED_TYPE_IN_REPLICA_IDENTITY",
                    "the key has " + named(unknownInKey));
        } else if (!unknown.isEmpty()) {
            return finding(table, Severity.WARNING, "UNSUPPORTED_DATA_TYPE", named(unknown) + ": may be left out");
        } else if (!table.bareNumerics().isEmpty()) {
            return finding(
                    table,
                    Severity.WARNING,
                    "NUMERIC_WITHOUT_SCALE",
                    "numeric without scale " + String.join(", ", table.bareNumerics()) + ": fractions are lost");
        } else if (table.keyIndex() == null) {
            return finding(
                    table,
                    Severity.WARNING,
                    "NO_INDEX_FULL_IDENTITY",
                    "no key, so REPLICA IDENTITY FULL: works, writes more WAL");
        }
        return finding(table, Severity.OK, "", "");
    }

    private boolean hasForbidden(String name) {
        return name.chars().anyMatch(c -> forbidden.indexOf(c) >= 0);
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

    private static String named(List<Column> columns) {
        return columns.stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "));
    }

    private static TableFinding finding(Table table, Severity severity, String code, String reason) {
        return new TableFinding(table.name(), severity, code, reason);
    }
}
