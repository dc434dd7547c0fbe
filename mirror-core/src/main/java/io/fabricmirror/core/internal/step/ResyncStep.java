package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.ResyncPlan;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableName;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.ReseedMemory;
import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.core.internal.step.MirrorFinder.Found;
import io.fabricmirror.core.internal.step.MirrorFinder.Source;
import io.fabricmirror.spi.FabricControl.MirrorDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that no copy older than the plan wants is left. To copy anew is the task of the steps after it: a stopped mirror copies
 * every table when it starts, and a table that left the mirror is copied when it comes back. A kill in between is mended by the next
 * run of any plan of this mirror.
 */
public final class ResyncStep extends Step<ResyncStep.Seen> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

    private final MirrorScene scene;
    private final ResyncPlan plan;
    private final MirrorFinder finder;
    private final Stopping stopping;

    /** Prepares the step. */
    public ResyncStep(MirrorScene scene, ResyncPlan plan) {
        super(StepKey.RESYNC);
        this.scene = scene;
        this.plan = plan;
        this.finder = new MirrorFinder(scene);
        this.stopping = new Stopping(scene);
    }

    @Override
    protected Seen observe() {
        ReseedMemory memory = new ReseedMemory(scene.admin());
        boolean all = plan.tables().isEmpty();
        boolean allDone = all && isDone(memory.emptiedAt(null));
        List<TableName> due = plan.tables().stream()
                .filter(table -> !isDone(memory.emptiedAt(table)))
                .toList();
        Found found = finder.find().orElse(null);
        boolean active = found != null
                && finder.source(found) != Source.OTHER
                && all
                && !allDone
                && stopping.isActive(found.mirror());
        return new Seen(found, active, all ? !allDone : !due.isEmpty(), due);
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        Found found = seen.found();
        List<TableName> strange = seen.due().stream()
                .filter(table -> !scene.tables().mirrored().contains(table))
                .toList();
        if (plan.since().isAfter(scene.run().now())) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("RESYNC_AHEAD", "the tables shall be copied anew since " + plan.since())
                            .seen("it is " + scene.run().now())
                            .remedy("name a moment that has passed, for instance when the mirror went wrong"));
        } else if (found != null && finder.source(found) == Source.OTHER) {
            return PreviewStep.blocked(key(), finder.pointsElsewhere(found));
        } else if (!strange.isEmpty()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("TABLE_NOT_MIRRORED", "the plan does not mirror " + names(strange))
                            .remedy("name tables that the plan selects; names are case-sensitive"));
        } else if (!seen.due().isEmpty() && found != null && found.definition().tables() == null) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of(
                                    "MIRROR_FOLLOWS_ALL",
                                    "Fabric follows all tables of this mirror; none can leave it alone")
                            .remedy("resync all: plan.resync(since); or select tables: TableSelection.eligible()"));
        } else if (!seen.isDue()) {
            return PreviewStep.satisfied(key(), "copied anew since " + plan.since());
        }

        return PreviewStep.change(
                key(),
                seen.due().isEmpty()
                        ? (seen.active() ? "the mirror is stopped and started; " : "") + "every table is copied anew"
                        : "the copies of " + names(seen.due()) + " in OneLake are deleted, then made anew",
                changes(seen),
                List.of(Consent.RESEED));
    }

    @Override
    protected void change(Seen seen) {
        Found found = seen.found();
        if (seen.due().isEmpty()) {
            if (found != null && seen.active()) {
                stopping.stop(found.mirror());
            }
            note(null);
        } else {
            if (found != null) {
                takeOut(found, seen.due());
            }
            seen.due().forEach(this::note);
        }
        changes(seen).forEach(scene.run()::changed);
    }

    private void takeOut(Found found, List<TableName> due) {
        MirrorDefinition present = found.definition();
        List<TableName> staying = new ArrayList<>(present.tables() == null ? List.of() : present.tables());
        if (staying.removeAll(due)) {
            scene.ports()
                    .fabric()
                    .changeDefinition(
                            found.mirror(), new MirrorDefinition(present.connectionId(), present.database(), staying));
        }
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            List<TableName> left = scene.ports().fabric().tables(found.mirror()).stream()
                    .map(t -> t.table())
                    .filter(due::contains)
                    .toList();
            return left.isEmpty() ? Optional.empty() : Optional.of(names(left) + " still in the mirror");
        });
    }

    private void note(@Nullable TableName table) {
        try {
            new ReseedMemory(scene.admin()).noteEmptied(table, scene.run().now());
        } catch (SQLException e) {
            throw SqlProblems.change(e, "note the resync in the database");
        }
    }

    private boolean isDone(Optional<Instant> emptied) {
        return emptied.filter(moment -> !moment.isBefore(plan.since())).isPresent();
    }

    private static List<Change> changes(Seen seen) {
        return seen.due().isEmpty()
                ? List.of(new Change("copy of every table", "as it is", "to be made anew"))
                : seen.due().stream()
                        .map(table -> new Change("copy of " + table, "as it is", "to be made anew"))
                        .toList();
    }

    private static String names(List<TableName> tables) {
        return String.join(", ", tables.stream().map(TableName::toString).toList());
    }

    /**
     * What the step sees.
     *
     * @param found the mirrored database, if there is one
     * @param active whether it must be stopped
     * @param isDue whether a copy is older than it may be
     * @param due the single tables whose copy is; empty if all are meant
     */
    record Seen(@Nullable Found found, boolean active, boolean isDue, List<TableName> due) {}
}
