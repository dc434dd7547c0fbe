package io.fabricmirror.core.internal.step;

import io.fabricmirror.Milestone;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableName;
import io.fabricmirror.TableProgress;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.RowEstimates;
import io.fabricmirror.spi.FabricControl.MirroredTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Waits until every wanted table replicates, with rows where the source has rows. A mirror that merely runs is not enough. */
public final class VerifiedStep extends Step<List<TableProgress>> {
    private static final String FAILED = "Failed";
    private static final String NOT_SHOWN = "(not shown yet)";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    /** A mirror is slow to begin; measured latencies under load are some minutes. */
    private static final Duration NO_DATA_AFTER = Duration.ofMinutes(15);

    private static final Duration HEALING = Duration.ofMinutes(5);

    private final MirrorScene scene;
    private @Nullable Map<TableName, Long> sourceRows;
    private @Nullable Instant healedAt;

    /** Prepares the step. */
    public VerifiedStep(MirrorScene scene) {
        super(StepKey.VERIFIED);
        this.scene = scene;
    }

    @Override
    protected List<TableProgress> observe() {
        scene.run()
                .requireTrue(
                        StepKey.REACHABILITY,
                        StepKey.IDENTITY,
                        StepKey.PARAMETERS,
                        StepKey.ROLE,
                        StepKey.WORKSPACE_ROLE,
                        StepKey.CONNECTION,
                        StepKey.TABLES,
                        StepKey.READINESS,
                        StepKey.MIRROR,
                        StepKey.START);
        Map<TableName, MirroredTable> mirrored = new HashMap<>();
        scene.ports().fabric().tables(scene.mirror()).forEach(t -> mirrored.put(t.table(), t));
        List<TableName> wanted = scene.tables().mirrored();
        Map<TableName, Long> source = sourceRows(wanted);
        List<TableProgress> progress = new ArrayList<>();
        for (TableName table : wanted) {
            MirroredTable seen = mirrored.getOrDefault(table, new MirroredTable(table, NOT_SHOWN, 0, "", null, null));
            progress.add(new TableProgress(
                    table, seen.state(), source.getOrDefault(table, -1L), seen.processedRows(), seen.error()));
        }
        scene.progress(progress);
        return progress;
    }

    @Override
    protected PreviewStep compare(List<TableProgress> seen) {
        List<TableProgress> failed =
                seen.stream().filter(t -> t.state().equals(FAILED)).toList();
        if (!failed.isEmpty() && !isHealing()) {
            return PreviewStep.blocked(key(), failed(seen, failed));
        }

        long arrived = seen.stream().filter(TableProgress::arrived).count();
        String count = arrived + "/" + seen.size() + " tables replicating";
        return arrived == seen.size() ? PreviewStep.satisfied(key(), count) : PreviewStep.later(key(), count);
    }

    @Override
    protected void await() {
        scene.endTurn();
        Instant noDataAt = scene.run().now().plus(NO_DATA_AFTER);
        scene.run().waitUntilDone(LOOK_EVERY, () -> {
            List<TableProgress> progress = observe();
            PreviewStep judged = compare(progress);
            if (judged.problem().isPresent() || progress.stream().allMatch(TableProgress::arrived)) {
                return Optional.empty();
            } else if (scene.run().milestone() == Milestone.STARTED) {
                throw scene.run().stillWorking(judged.detail());
            } else if (scene.run().now().isAfter(noDataAt) && progress.stream().noneMatch(this::moves)) {
                throw new MirrorException(noData(progress));
            }

            return Optional.of(judged.detail());
        });
    }

    /** A table that failed for want of what this run has just given goes on failing for a while. */
    private boolean isHealing() {
        if (!scene.run().changedAnything()) {
            return false;
        }

        if (healedAt == null) {
            healedAt = scene.run().now().plus(HEALING);
        }
        return scene.run().now().isBefore(healedAt);
    }

    private boolean moves(TableProgress table) {
        return table.processedRows() > 0 || table.arrived();
    }

    private Map<TableName, Long> sourceRows(List<TableName> tables) {
        if (scene.entraMode()) {
            // Nobody but Fabric gets in as that role, and no other need be able to read the tables.
            return Map.of();
        }

        Map<TableName, Long> known = sourceRows;
        if (known == null || !known.keySet().containsAll(tables)) {
            known = RowEstimates.read(scene.role(), tables);
            sourceRows = known;
        }
        return known;
    }

    private Problem failed(List<TableProgress> all, List<TableProgress> failed) {
        String seen =
                failed.stream().limit(10).map(t -> t.table() + ": " + t.error()).collect(Collectors.joining("; "));
        Problem problem = failed.size() == all.size()
                ? noData(all)
                : Problem.of("TABLES_FAILED", failed.size() + " of " + all.size() + " tables fail in the mirror")
                        .remedy("mend what Fabric says of each, then run again");
        return problem.seen(seen + (failed.size() > 10 ? "; and " + (failed.size() - 10) + " more" : ""));
    }

    private Problem noData(List<TableProgress> tables) {
        return Problem.of(
                        "RUNNING_WITHOUT_DATA",
                        "\"" + scene.plan().name() + "\" is Running and 0 of " + tables.size()
                                + " tables replicate; it was left running")
                .seen(tables.stream().map(TableProgress::state).distinct().collect(Collectors.joining(", ")))
                .cause(
                        "most likely the server's identity may not write to OneLake: its workspace role, or the tenant setting"
                                + " \"Users can access data stored in OneLake with apps external to Fabric\"")
                .who("an admin of the workspace, or a Fabric administrator")
                .remedy("give what is missing, then run the same plan again");
    }
}
