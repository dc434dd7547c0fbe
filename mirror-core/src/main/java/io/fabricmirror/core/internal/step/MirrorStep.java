package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableName;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.step.MirrorFinder.Found;
import io.fabricmirror.core.internal.step.MirrorFinder.Source;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.MirrorDefinition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the mirrored database, or brings the one that mirrors this source to what the plan says: its name, its connection, its
 * tables, its schema and retention. A new connection or schema is taken only by a mirror at rest, so it is stopped for that.
 */
public final class MirrorStep extends Step<MirrorStep.Seen> {
    private final MirrorScene scene;
    private final MirrorFinder finder;
    private final Stopping stopping;

    /** Prepares the step. */
    public MirrorStep(MirrorScene scene) {
        super(StepKey.MIRROR);
        this.scene = scene;
        this.finder = new MirrorFinder(scene);
        this.stopping = new Stopping(scene);
    }

    @Override
    protected Seen observe() {
        Found found = finder.find().orElse(null);
        boolean active = found != null && needsRest(found) && stopping.isActive(found.mirror());
        return new Seen(found, active);
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        List<TableName> wanted = wantedTables();
        Found found = seen.found();
        if (found == null && scene.published()) {
            return PreviewStep.blocked(key(), mirroredElsewhere());
        } else if (found == null) {
            return PreviewStep.change(
                    key(),
                    wanted == null ? "all tables, as Fabric follows them" : wanted.size() + " tables",
                    List.of(newMirror()),
                    List.of());
        } else if (finder.source(found) == Source.OTHER) {
            return PreviewStep.blocked(key(), finder.pointsElsewhere(found));
        }

        return compareFound(seen, found, wanted);
    }

    @Override
    protected void change(Seen seen) {
        Found found = seen.found();
        if (found == null) {
            scene.mirror(scene.ports()
                    .fabric()
                    .createMirror(
                            scene.workspace().id(),
                            scene.plan().name(),
                            wantedDefinition(scene.connection().id())));
            scene.run().changed(newMirror());
            return;
        }

        if (!finder.hasPlansName(found.mirror())) {
            scene.mirror(scene.ports()
                    .fabric()
                    .renameMirror(found.mirror(), scene.plan().name()));
            scene.run().changed(newName(found.mirror()));
        }
        List<Change> changes = definitionChanges(found, wantedTables());
        if (changes.isEmpty()) {
            return;
        }

        if (seen.active()) {
            stopping.stop(found.mirror());
        }
        String connection = finder.needsOtherConnection(found)
                ? scene.connection().id()
                : found.definition().connectionId();
        scene.ports().fabric().changeDefinition(scene.mirror(), wantedDefinition(connection));
        changes.forEach(scene.run()::changed);
    }

    private PreviewStep compareFound(Seen seen, Found found, @Nullable List<TableName> wanted) {
        List<Change> changes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Set<Consent> consents = EnumSet.noneOf(Consent.class);
        if (!finder.hasPlansName(found.mirror())) {
            changes.add(newName(found.mirror()));
            words.add("renamed; it keeps its id and its data");
        }
        List<Change> definition = definitionChanges(found, wanted);
        changes.addAll(definition);
        if (!definition.isEmpty()) {
            words.add(needsRest(found) ? "another source connection or schema" : "another definition");
        }
        if (seen.active()) {
            words.add("must be stopped for it, then every table is copied anew");
            consents.add(Consent.RESEED);
        }
        List<TableName> present = found.definition().tables();
        if (wanted != null && (present == null || !wanted.containsAll(present))) {
            words.add("tables that leave lose their copy");
            consents.add(Consent.DELETE_MIRRORED_DATA);
        }
        return changes.isEmpty()
                ? PreviewStep.satisfied(
                        key(),
                        "\"" + found.mirror().name() + "\", id "
                                + found.mirror().id())
                : PreviewStep.change(key(), String.join("; ", words), changes, List.copyOf(consents));
    }

    /** Fabric takes another connection or schema only while the mirror is Initialized or Stopped. */
    private boolean needsRest(Found found) {
        return finder.source(found) != Source.OTHER
                && (finder.needsOtherConnection(found)
                        || !schemaChange(found.definition()).isEmpty());
    }

    private List<Change> definitionChanges(Found found, @Nullable List<TableName> wanted) {
        List<Change> changes = new ArrayList<>(tableChanges(found, wanted));
        if (finder.needsOtherConnection(found)) {
            String before = finder.connection(found)
                    .map(c -> "\"" + c.name() + "\"")
                    .orElse(found.definition().connectionId() + ", gone");
            changes.add(new Change("connection of the mirror", before, "ours"));
        }
        changes.addAll(schemaChange(found.definition()));
        Integer retention = scene.plan().retentionDays().orElse(null);
        if (retention != null && !retention.equals(found.definition().retentionDays())) {
            Integer before = found.definition().retentionDays();
            changes.add(new Change(
                    "retention of the mirror",
                    before == null ? "Fabric's default" : before + " days",
                    retention + " days; older history of the copy is deleted"));
        }
        return changes;
    }

    private List<Change> schemaChange(MirrorDefinition present) {
        Optional<String> wanted = scene.plan().defaultSchema();
        return wanted.isEmpty() || wanted.get().equals(present.defaultSchema())
                ? List.of()
                : List.of(new Change(
                        "default schema of the mirror",
                        present.defaultSchema() == null ? "none" : present.defaultSchema(),
                        wanted.get()));
    }

    private static List<Change> tableChanges(Found found, @Nullable List<TableName> wanted) {
        List<TableName> present = found.definition().tables();
        if (wanted == null || present == null) {
            return wanted == present
                    ? List.of()
                    : List.of(new Change("tables of the mirror", shown(present), shown(wanted)));
        }

        List<Change> changes = new ArrayList<>();
        wanted.stream()
                .filter(t -> !present.contains(t))
                .forEach(t -> changes.add(Change.created("table of the mirror", t.toString())));
        present.stream()
                .filter(t -> !wanted.contains(t))
                .forEach(t -> changes.add(new Change("table of the mirror", t.toString(), "removed, copy deleted")));
        return changes;
    }

    private static String shown(@Nullable List<TableName> tables) {
        return tables == null ? "all, as Fabric follows them" : tables.size() + " listed";
    }

    private @Nullable List<TableName> wantedTables() {
        return scene.plan().tables().followsAll() ? null : scene.tables().mirrored();
    }

    private MirrorDefinition wantedDefinition(String connectionId) {
        return new MirrorDefinition(
                connectionId,
                scene.plan().database(),
                wantedTables(),
                scene.plan().defaultSchema().orElse(null),
                scene.plan().retentionDays().orElse(null));
    }

    private Problem mirroredElsewhere() {
        return Problem.of("MIRRORED_ELSEWHERE", "database " + scene.plan().database() + " is read by a mirror already")
                .seen("PUBLICATION_LIMIT_REACHED from azure_cdc.check_prerequisites(); no mirror of it in workspace "
                        + scene.workspace().name())
                .cause("it is mirrored into another workspace, or its mirror was deleted while it ran")
                .remedy(
                        "find and stop that mirror; if there is none, as administrator in the database:"
                                + " select azure_cdc.list_tracked_publications(), then select azure_cdc.stop_publication('...')");
    }

    private Change newName(Mirror mirror) {
        return new Change(
                "name of mirrored database " + mirror.id(),
                mirror.name(),
                scene.plan().name());
    }

    private Change newMirror() {
        return Change.created(
                "mirrored database \"" + scene.plan().name() + "\"",
                "in workspace " + scene.workspace().name());
    }

    /**
     * What the step sees.
     *
     * @param found the mirrored database, if there is one
     * @param active whether it would have to be stopped for what changes
     */
    record Seen(@Nullable Found found, boolean active) {}
}
