package io.fabricmirror.core.internal.look;

import io.fabricmirror.Drift;
import io.fabricmirror.Drift.Difference;
import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.TableName;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.sql.TableCatalog;
import io.fabricmirror.core.internal.sql.TableCatalog.Table;
import io.fabricmirror.core.internal.step.MirrorFinder;
import io.fabricmirror.core.internal.step.MirrorFinder.Found;
import io.fabricmirror.core.internal.step.MirrorFinder.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the live definition of a mirror with its plan, table by table. */
public final class DriftReader {
    private final MirrorScene scene;
    private final MirrorFinder finder;
    private final List<Difference> differences = new ArrayList<>();

    /**
     * Prepares to look.
     *
     * @param scene what is known of the mirror
     */
    public DriftReader(MirrorScene scene) {
        this.scene = scene;
        this.finder = new MirrorFinder(scene);
    }

    /**
     * Looks.
     *
     * @return what differs
     */
    public Drift read() {
        MirrorPlan plan = scene.plan();
        scene.server(scene.ports().server().server(plan.server()));
        scene.databases(scene.ports().server().databases(plan.server()));
        scene.workspace(scene.ports().fabric().workspace(plan.workspace()));
        Optional<Found> found = finder.findAnew();
        found.filter(f -> finder.source(f) == Source.OTHER).ifPresent(f -> {
            throw new MirrorException(finder.pointsElsewhere(f));
        });
        if (found.isEmpty()) {
            note(Difference.MIRROR_ABSENT, "mirrored database", "\"" + plan.name() + "\"", "absent");
        } else {
            compare(found.get());
        }
        return new Drift(plan.name(), differences);
    }

    private void compare(Found found) {
        MirrorPlan plan = scene.plan();
        if (!finder.hasPlansName(found.mirror())) {
            note(Difference.OTHER_NAME, "name", plan.name(), found.mirror().name());
        }
        if (finder.needsOtherConnection(found)) {
            String live = finder.connection(found)
                    .map(c -> "\"" + c.name() + "\"")
                    .orElse(found.definition().connectionId() + ", gone or not visible");
            note(Difference.OTHER_CONNECTION, "connection", "ours", live);
        }
        plan.defaultSchema()
                .filter(s -> !s.equals(found.definition().defaultSchema()))
                .ifPresent(s -> note(
                        Difference.OTHER_SETTING,
                        "default schema",
                        s,
                        String.valueOf(found.definition().defaultSchema())));
        plan.retentionDays()
                .filter(d -> !d.equals(found.definition().retentionDays()))
                .ifPresent(d -> note(
                        Difference.OTHER_SETTING,
                        "retention in days",
                        d.toString(),
                        String.valueOf(found.definition().retentionDays())));
        compareTables(found.definition().tables());
    }

    private void compareTables(@Nullable List<TableName> listed) {
        Map<TableName, Table> atSource =
                TableCatalog.read(scene.admin()).stream().collect(Collectors.toMap(Table::name, Function.identity()));
        List<TableName> wanted = scene.tables().mirrored();
        // A mirror that follows all tables takes new ones by itself.
        List<TableName> live = listed == null ? wanted : listed;
        for (TableName table : wanted) {
            Table source = atSource.get(table);
            if (!live.contains(table)) {
                note(
                        Difference.TABLE_NOT_MIRRORED,
                        table.toString(),
                        "mirrored",
                        "not in the mirror, owner " + (source == null ? "none yet" : source.owner()));
            } else if (source != null && !source.owner().equals(scene.roleName())) {
                note(Difference.OTHER_OWNER, table.toString(), "owned by " + scene.roleName(), source.owner());
            }
        }
        for (TableName table : live) {
            if (!atSource.containsKey(table)) {
                note(Difference.TABLE_GONE, table.toString(), "mirrored", "not at the source");
            } else if (!wanted.contains(table)) {
                note(Difference.TABLE_NOT_WANTED, table.toString(), "not mirrored", "in the mirror");
            }
        }
        if (listed == null && !scene.plan().tables().followsAll()) {
            note(Difference.OTHER_SETTING, "tables", wanted.size() + " listed", "all, as Fabric follows them");
        } else if (listed != null && scene.plan().tables().followsAll()) {
            note(Difference.OTHER_SETTING, "tables", "all, as Fabric follows them", listed.size() + " listed");
        }
    }

    private void note(String code, String subject, String wanted, String live) {
        differences.add(new Difference(code, subject, wanted, live));
    }
}
