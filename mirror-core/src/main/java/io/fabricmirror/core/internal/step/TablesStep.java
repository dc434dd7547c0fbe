package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.rules.JudgedTables;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.AdminReach;
import io.fabricmirror.core.internal.sql.Ownership;
import io.fabricmirror.core.internal.sql.Sql;
import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.core.internal.sql.TableCatalog;
import io.fabricmirror.core.internal.sql.TableCatalog.Table;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges the wanted tables and makes them the mirroring role's, one transaction a table. */
public final class TablesStep extends Step<TablesStep.Seen> {
    private static final Duration TRY_EVERY = Duration.ofSeconds(15);
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(1);

    private final MirrorScene scene;

    /** Prepares the step. */
    public TablesStep(MirrorScene scene) {
        super(StepKey.TABLES);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        if (scene.run().changedAnything()) {
            scene.forgetTables();
        }
        JudgedTables tables = scene.tables();
        if (scene.mayAskCdc()) {
            // The server itself can be asked; it judges for the one who asks.
            scene.cdc();
            tables = scene.tables();
        }
        List<Table> foreign = tables.wanted().stream()
                .filter(t -> !t.owner().equals(scene.roleName()))
                .filter(t -> !t.name().equals(JudgedTables.SEED))
                .toList();
        List<Table> unidentified =
                tables.wanted().stream().filter(Table::lacksIdentity).toList();
        Set<String> owners = foreign.stream().map(Table::owner).collect(Collectors.toSet());
        Set<String> actedFor = new TreeSet<>(owners);
        actedFor.add(scene.roleName());
        return new Seen(
                tables,
                foreign,
                unidentified,
                scene.plan().formerOwnersKeepDdl() ? ownership().withoutDdl(owners) : List.of(),
                owners.isEmpty() ? List.of() : AdminReach.outOfReach(scene.admin(), actedFor));
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        if (!seen.tables().impossible().isEmpty()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("TABLE_NOT_ELIGIBLE", "named tables cannot be mirrored")
                            .seen(String.join("; ", seen.tables().impossible()))
                            .remedy("leave them out of TableSelection.named(...), or mend what is said of each"));
        } else if (seen.tables().mirrored().isEmpty()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of(
                                    "NO_TABLES",
                                    "no table of " + scene.plan().database() + " is selected and can be mirrored")
                            .remedy("select others, or let the plan make the seed table"));
        } else if (seen.tables().mirrored().size() > scene.rules().minimum("tables.count")) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("TOO_MANY_TABLES", seen.tables().mirrored().size() + " tables are wanted")
                            .seen(scene.rules().source("tables.count"))
                            .remedy("select fewer: a mirror takes "
                                    + scene.rules().minimum("tables.count")));
        } else if (!seen.outOfReach().isEmpty()) {
            return PreviewStep.blocked(key(), outOfReach(seen));
        }

        List<Change> changes = new ArrayList<>();
        List<Consent> consents = new ArrayList<>();
        if (!seen.unidentified().isEmpty()) {
            seen.unidentified().forEach(table -> changes.add(newIdentity(table)));
            consents.add(Consent.SET_REPLICA_IDENTITY);
        }
        if (!seen.foreign().isEmpty()) {
            seen.foreign().forEach(table -> changes.add(newOwner(table)));
            consents.add(Consent.CHANGE_TABLE_OWNERS);
        }
        seen.withoutDdl().forEach(owner -> changes.add(newMember(owner)));
        String count = seen.tables().mirrored().size() + " tables"
                + estimate(seen.tables().wanted());
        return changes.isEmpty()
                ? PreviewStep.satisfied(key(), count + ", all owned by " + scene.roleName())
                : PreviewStep.change(
                        key(), count + ", " + changes.size() + " changes" + losses(seen), changes, consents);
    }

    /** Says who would lose DDL, and how to keep it. */
    private String losses(Seen seen) {
        if (seen.foreign().isEmpty() || scene.plan().formerOwnersKeepDdl()) {
            return "";
        }

        Map<String, Long> tables = seen.foreign().stream()
                .collect(Collectors.groupingBy(Table::owner, TreeMap::new, Collectors.counting()));
        return "; "
                + tables.entrySet().stream()
                        .map(e -> e.getKey() + " (" + e.getValue() + " tables)")
                        .collect(Collectors.joining(", "))
                + " can no longer ALTER, DROP, TRUNCATE or CREATE INDEX; a plan with .formerOwnersKeepDdl() lets them";
    }

    @Override
    public boolean changesBySqlOnly() {
        return true;
    }

    @Override
    protected void change(Seen seen) {
        Ownership ownership = ownership();
        try {
            for (Table table : seen.unidentified()) {
                whenUnlocked(table, () -> ownership.identify(table));
                scene.run().changed(newIdentity(table));
            }
            if (!seen.foreign().isEmpty() && !ownership.isPrepared()) {
                ownership.prepare();
                scene.run()
                        .changed(Change.created(
                                "table " + TableCatalog.OWN_SCHEMA + ".former_owner", "remembers owners"));
            }
            for (Table table : seen.foreign()) {
                whenUnlocked(table, () -> ownership.take(table.name(), table.owner()));
                scene.run().changed(newOwner(table));
            }
            for (String owner : seen.withoutDdl()) {
                ownership.keepDdl(owner);
                scene.run().changed(newMember(owner));
            }
        } catch (SQLException e) {
            throw SqlProblems.change(e, "prepare tables for the mirror");
        }
        scene.forgetTables();
    }

    private void whenUnlocked(Table table, Sql.Work work) throws SQLException {
        Instant giveUp = scene.run().now().plus(GIVE_UP_AFTER);
        while (true) {
            try {
                work.run();
                return;
            } catch (SQLException e) {
                if (!Sql.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                    throw e;
                } else if (scene.run().now().isAfter(giveUp)) {
                    throw new MirrorException(
                            Problem.of("TABLE_LOCKED", table.name() + " stayed locked for " + GIVE_UP_AFTER)
                                    .cause("a long transaction holds it; this library never queues behind one for long,"
                                            + " because everybody else would queue behind it")
                                    .remedy("apply again when that transaction has ended"),
                            e);
                }
                pauseOnce(table);
            }
        }
    }

    private void pauseOnce(Table table) {
        List<String> said = new ArrayList<>(List.of(table.name() + " is locked; trying again"));
        scene.run().waitUntilDone(TRY_EVERY, () -> said.isEmpty() ? Optional.empty() : Optional.of(said.remove(0)));
    }

    private static String estimate(List<Table> tables) {
        long rows = tables.stream().mapToLong(Table::rows).sum();
        long megabytes = tables.stream().mapToLong(Table::bytes).sum() >> 20;
        // Without an analysis nobody knows.
        return rows == 0 ? "" : String.format(Locale.ROOT, ", about %,d rows in %,d MB", rows, megabytes);
    }

    private Problem outOfReach(Seen seen) {
        String owners = String.join(", ", seen.outOfReach());
        String tables = seen.foreign().stream()
                .filter(t -> seen.outOfReach().contains(t.owner()))
                .map(t -> t.name().toString())
                .collect(Collectors.joining(", "));
        String admin = Sql.identifier(scene.adminName());
        String remedy = seen.outOfReach().stream()
                .map(o -> "GRANT " + Sql.identifier(o) + " TO " + admin + " WITH ADMIN OPTION")
                .collect(Collectors.joining("; "));
        return Problem.of(
                        "OWNER_CHANGE_NOT_POSSIBLE",
                        (tables.isEmpty() ? "tables are to belong to " : tables + " belong to ") + owners
                                + ", whose rights the administrator lacks")
                .cause(
                        "since PostgreSQL 16 CREATEROLE no longer lets a role admit itself to roles it did not create; before, only"
                                + " superusers are out of its reach")
                .who("whoever administers " + owners)
                .remedy(remedy + "; or leave the tables out: .tables(TableSelection.eligible().except(...))");
    }

    private Ownership ownership() {
        return new Ownership(scene.admin(), scene.roleName());
    }

    private Change newOwner(Table table) {
        return new Change("owner of " + table.name(), table.owner(), scene.roleName());
    }

    private Change newMember(String owner) {
        return Change.created("member of " + scene.roleName(), owner + ", which keeps its DDL");
    }

    private static Change newIdentity(Table table) {
        return new Change(
                "replica identity of " + table.name(),
                table.replicaIdentity() == 'n' ? "nothing" : "default, without a primary key",
                Ownership.identity(table));
    }

    /**
     * What the step sees.
     *
     * @param tables the tables, judged
     * @param foreign those that belong to another role
     * @param unidentified those whose updates would fail once they are mirrored
     * @param withoutDdl the former owners who are to keep their DDL and have not got it yet
     * @param outOfReach the owners whom the administrator cannot act for
     */
    public record Seen(
            JudgedTables tables,
            List<Table> foreign,
            List<Table> unidentified,
            List<String> withoutDdl,
            List<String> outOfReach) {}
}
