package io.fabricmirror.core.internal.rules;

import io.fabricmirror.MirrorPlan;
import io.fabricmirror.TableFinding;
import io.fabricmirror.TableFinding.Severity;
import io.fabricmirror.TableName;
import io.fabricmirror.core.internal.sql.AzureCdc.Finding;
import io.fabricmirror.core.internal.sql.TableCatalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tables of a database, what the plan wants of them and what is to be said of each. Immutable. */
public final class JudgedTables {
    /** The table that Fabric always finds, so that a mirror of an empty database has one to show. */
    public static final TableName SEED = new TableName("public", "fabric_mirror_seed");

    private final List<TableFinding> findings;
    private final List<Table> wanted;
    private final List<TableName> mirrored;
    private final List<String> impossible;

    private JudgedTables(
            List<TableFinding> findings, List<Table> wanted, List<TableName> mirrored, List<String> impossible) {
        this.findings = List.copyOf(findings);
        this.wanted = List.copyOf(wanted);
        this.mirrored = List.copyOf(mirrored);
        this.impossible = List.copyOf(impossible);
    }

    /**
     * Judges tables.
     *
     * @param plan which of them are wanted
     * @param rules the dated rules
     * @param role the mirroring role
     * @param tables the tables of the database, ordered by name
     * @param verdicts what the server itself says of tables; those it says nothing of are judged by the rules
     * @return the tables, judged
     */
    public static JudgedTables of(
            MirrorPlan plan, Rules rules, String role, List<Table> tables, Map<TableName, List<Finding>> verdicts) {
        TableJudge judge = new TableJudge(rules, role);
        List<TableFinding> findings = new ArrayList<>();
        List<Table> wanted = new ArrayList<>();
        Set<TableName> mirrored = new TreeSet<>();
        Set<TableName> missing = new TreeSet<>(plan.tables().namedTables());
        List<String> impossible = new ArrayList<>();
        // Fabric takes the first ones by schema and name, which is the order of these tables; the rest it leaves out
        // without a word.
        int limit = plan.tables().followsAll() ? rules.minimum("tables.count") : Integer.MAX_VALUE;
        for (Table table : tables) {
            boolean seed = table.name().equals(SEED);
            if (seed ? !plan.seedTable() : !plan.tables().selects(table.name())) {
                continue;
            }

            boolean named = missing.remove(table.name());
            if (table.partition() && !named) {
                // Its parent is reported; a line for each of perhaps thousands of partitions would say nothing more.
                continue;
            }

            TableFinding finding = mirrored.size() < limit
                    ? judge.judge(table, verdicts.get(table.name()))
                    : TableRules.beyondLimit(table.name(), limit, rules.source("tables.count"));
            if (finding.severity() == Severity.SKIPPED) {
                if (named) {
                    impossible.add(table.name() + ": " + finding.code() + ", " + finding.reason());
                }
            } else {
                wanted.add(table);
                mirrored.add(table.name());
            }
            findings.add(finding);
        }
        missing.forEach(name -> impossible.add(name + ": does not exist"));
        if (plan.seedTable()) {
            mirrored.add(SEED);
        }
        return new JudgedTables(findings, wanted, List.copyOf(mirrored), impossible);
    }

    /**
     * Returns what is to be said of each selected table.
     *
     * @return a finding each, ordered by table
     */
    public List<TableFinding> findings() {
        return findings;
    }

    /**
     * Returns the tables that exist and will be mirrored.
     *
     * @return the tables
     */
    public List<Table> wanted() {
        return wanted;
    }

    /**
     * Returns the names of all tables that the mirror will have, the seed table included even before it exists.
     *
     * @return the names, ordered
     */
    public List<TableName> mirrored() {
        return mirrored;
    }

    /**
     * Returns the tables that were named one by one and cannot be mirrored.
     *
     * @return each with its reason
     */
    public List<String> impossible() {
        return impossible;
    }

    /**
     * Returns the schemas of the tables to mirror.
     *
     * @return the names, ordered
     */
    public List<String> schemas() {
        Set<String> schemas = new TreeSet<>();
        mirrored.forEach(table -> schemas.add(table.schema()));
        return List.copyOf(schemas);
    }
}
