package io.fabricmirror.core.internal.look;

import io.fabricmirror.MirrorHealth;
import io.fabricmirror.Problem;
import io.fabricmirror.SourceHealth;
import io.fabricmirror.TableStatus;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.MirrorState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells what a look at a mirror comes to, and why a mirror that runs may get nothing. */
final class StatusJudge {
    private static final Set<String> COPYING = Set.of("Initialized", "Snapshotting", "Reseeding");

    private final MirrorScene scene;
    private final MirrorState state;
    private final List<TableStatus> tables;
    private final @Nullable SourceHealth source;
    private final List<Problem> problems;

    StatusJudge(
            MirrorScene scene,
            MirrorState state,
            List<TableStatus> tables,
            @Nullable SourceHealth source,
            List<Problem> problems) {
        this.scene = scene;
        this.state = state;
        this.tables = tables;
        this.source = source;
        this.problems = problems;
    }

    MirrorHealth judge() {
        if (!state.status().equals(MirrorState.RUNNING)) {
            if (!state.error().isEmpty()) {
                problems.add(
                        0,
                        Problem.of("MIRROR_STOPPED_WITH_ERROR", "the mirror is " + state.status())
                                .seen(state.error())
                                .remedy("mend what Fabric says, then apply the plan"));
            }
            return MirrorHealth.NOT_RUNNING;
        }

        if (source != null) {
            source.findings().forEach(finding -> problems.add(finding.problem()));
        }
        long replicating = tables.stream().filter(TableStatus::replicates).count();
        boolean copying = tables.stream().anyMatch(t -> COPYING.contains(t.state()));
        if (!state.error().isEmpty() || (replicating == 0 && !copying) || !isRead(copying) || isWithoutRows()) {
            problems.add(0, notSyncing());
            return MirrorHealth.NOT_SYNCING;
        } else if (copying) {
            return MirrorHealth.COPYING;
        }

        tables.stream()
                .filter(t -> !t.replicates())
                .forEach(t -> problems.add(Problem.of("TABLE_NOT_REPLICATING", t.table() + " is " + t.state())
                        .seen(t.error())
                        .remedy("mend what Fabric says; then plan.resync(since, table)")));
        return problems.isEmpty() ? MirrorHealth.REPLICATING : MirrorHealth.TROUBLED;
    }

    /** Tells whether somebody reads the database's WAL; where that cannot be seen it is taken for granted. */
    private boolean isRead(boolean copying) {
        return source == null
                || copying
                || source.slots().stream()
                        .anyMatch(s -> s.database().equals(scene.plan().database()) && s.active());
    }

    private boolean isWithoutRows() {
        return !tables.isEmpty()
                && tables.stream().anyMatch(t -> t.sourceRows() > 0)
                && tables.stream().allMatch(t -> t.processedRows() == 0);
    }

    private Problem notSyncing() {
        String errors = tables.stream()
                .map(TableStatus::error)
                .filter(error -> !error.isEmpty())
                .distinct()
                .limit(3)
                .collect(Collectors.joining("; "));
        Problem problem = Problem.of(
                        "RUNNING_NOT_SYNCING",
                        "\"" + scene.plan().name() + "\" is Running, and its changes do not arrive")
                .seen((state.error().isEmpty() ? "no error of the mirror" : state.error())
                        + (errors.isEmpty() ? "" : "; tables: " + errors));
        return new LikelyCause(scene).explain(problem, state.error() + errors, isRead(false));
    }
}
