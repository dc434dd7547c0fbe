package io.fabricmirror.core.internal.look;

import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorHealth;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.MirrorStatus;
import io.fabricmirror.Problem;
import io.fabricmirror.SourceHealth;
import io.fabricmirror.TableName;
import io.fabricmirror.TableStatus;
import io.fabricmirror.core.internal.rules.HealthJudge;
import io.fabricmirror.core.internal.run.NotKnownYet;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.HealthReading;
import io.fabricmirror.core.internal.sql.RowEstimates;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.MirrorState;
import io.fabricmirror.spi.FabricControl.MirroredTable;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Looks at a mirror at one moment: at the mirrored database by its name, and at what its source holds back. */
public final class StatusReader {
    private final MirrorScene scene;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Prepares to look.
     *
     * @param scene what is known of the mirror
     */
    public StatusReader(MirrorScene scene) {
        this.scene = scene;
    }

    /**
     * Looks.
     *
     * @return the status, whatever is wrong
     */
    public MirrorStatus read() {
        MirrorPlan plan = scene.plan();
        MirrorState state;
        List<MirroredTable> mirrored;
        try {
            FabricControl fabric = scene.ports().fabric();
            scene.workspace(fabric.workspace(plan.workspace()));
            Optional<Mirror> mirror = fabric.mirrors(scene.workspace().id()).stream()
                    .filter(m -> m.name().equals(plan.name()))
                    .findFirst();
            if (mirror.isEmpty()) {
                return status(MirrorHealth.ABSENT, "", List.of(), null);
            }

            state = fabric.state(mirror.get());
            mirrored = state.status().equals(MirrorState.RUNNING) ? fabric.tables(mirror.get()) : List.of();
        } catch (MirrorException e) {
            problems.add(e.problem());
            return status(MirrorHealth.CANNOT_SEE, "", List.of(), null);
        }

        Connection source = source();
        List<TableStatus> tables = tables(mirrored, source);
        SourceHealth health = source == null ? null : health(source);
        MirrorHealth verdict = new StatusJudge(scene, state, tables, health, problems).judge();
        return status(verdict, state.status(), tables, health);
    }

    private MirrorStatus status(
            MirrorHealth health, String state, List<TableStatus> tables, @Nullable SourceHealth source) {
        return new MirrorStatus(
                scene.plan().name(), scene.run().now(), health, state, tables, Optional.ofNullable(source), problems);
    }

    /** Returns the administrator's session, unless there is none to be had; the mirror's own state is worth telling without. */
    private @Nullable Connection source() {
        try {
            scene.server(scene.ports().server().server(scene.plan().server()));
            // The login itself tells whether the database exists.
            scene.databases(List.of(scene.plan().database()));
            return scene.admin();
        } catch (MirrorException e) {
            problems.add(e.problem());
        } catch (NotKnownYet e) {
            problems.add(Problem.of("SOURCE_NOT_SEEN", "the source could not be looked at")
                    .seen(String.valueOf(e.getMessage())));
        }
        return null;
    }

    private @Nullable SourceHealth health(Connection source) {
        try {
            return new HealthJudge(scene.rules()).judge(HealthReading.read(source), OptionalLong.empty());
        } catch (MirrorException e) {
            problems.add(e.problem());
            return null;
        }
    }

    private List<TableStatus> tables(List<MirroredTable> mirrored, @Nullable Connection source) {
        Map<TableName, Long> rows = source == null || mirrored.isEmpty() ? Map.of() : RowEstimates.roughly(source);
        return mirrored.stream()
                .map(t -> new TableStatus(
                        t.table(),
                        t.state(),
                        rows.getOrDefault(t.table(), -1L),
                        t.processedRows(),
                        Optional.ofNullable(t.lastSync()),
                        Optional.ofNullable(t.lag()),
                        t.error()))
                .sorted(Comparator.comparing(TableStatus::table))
                .toList();
    }
}
