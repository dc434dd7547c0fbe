package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableName;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.Ownership;
import io.fabricmirror.core.internal.sql.Sql;
import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.core.internal.sql.TableCatalog;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gives tables back to the owners that were written down when they were taken, one transaction a table. */
public final class RestoreOwnersStep extends Step<Map<TableName, String>> {
    private final MirrorScene scene;

    /** Prepares the step. */
    public RestoreOwnersStep(MirrorScene scene) {
        super(StepKey.TABLES);
        this.scene = scene;
    }

    /** Returns the tables that still belong to the role, with their former owners. */
    @Override
    protected Map<TableName, String> observe() {
        Set<TableName> taken = TableCatalog.read(scene.admin()).stream()
                .filter(t -> t.owner().equals(scene.roleName()))
                .map(TableCatalog.Table::name)
                .collect(Collectors.toSet());
        Map<TableName, String> owners = new TreeMap<>(ownership().formerOwners());
        owners.keySet().retainAll(taken);
        return owners;
    }

    @Override
    protected PreviewStep compare(Map<TableName, String> seen) {
        return seen.isEmpty()
                ? PreviewStep.satisfied(key(), "no table is away from its owner")
                : PreviewStep.change(
                        key(),
                        seen.size() + " tables go back to their owners; replica identities stay",
                        seen.keySet().stream().map(t -> restored(t, seen)).toList(),
                        List.of());
    }

    @Override
    protected void change(Map<TableName, String> seen) {
        for (TableName table : seen.keySet()) {
            try {
                ownership().restore(table);
            } catch (SQLException e) {
                if (Sql.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                    throw new MirrorException(
                            Problem.of("TABLE_LOCKED", table + " is locked")
                                    .cause("a long transaction holds it; this library never queues behind one for long")
                                    .remedy(
                                            "apply again when that transaction has ended; what was given back stays so"),
                            e);
                }

                throw SqlProblems.change(e, "give " + table + " back");
            }
            scene.run().changed(restored(table, seen));
        }
        scene.forgetTables();
    }

    @Override
    public boolean changesBySqlOnly() {
        return true;
    }

    private Ownership ownership() {
        return new Ownership(scene.admin(), scene.roleName());
    }

    private Change restored(TableName table, Map<TableName, String> owners) {
        return new Change("owner of " + table, scene.roleName(), String.valueOf(owners.get(table)));
    }
}
