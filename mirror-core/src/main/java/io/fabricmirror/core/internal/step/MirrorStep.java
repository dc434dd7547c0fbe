package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableName;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.MirrorDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the mirrored database, or brings the one that mirrors this source to what the plan says. */
public final class MirrorStep extends Step<Optional<MirrorStep.Found>> {
    private final MirrorScene scene;

    /** Prepares the step. */
    public MirrorStep(MirrorScene scene) {
        super(StepKey.MIRROR);
        this.scene = scene;
    }

    @Override
    protected Optional<Found> observe() {
        FabricControl fabric = scene.ports().fabric();
        List<Mirror> mirrors = fabric.mirrors(scene.workspace().id());
        Optional<Found> named = mirrors.stream()
                .filter(m -> m.name().equals(scene.plan().name()))
                .map(m -> new Found(m, fabric.definition(m)))
                .findFirst();
        // One Fabric item per source: one of another name that mirrors this source must be found before a second is
        // made.
        Optional<Found> found = named.isPresent()
                ? named
                : mirrors.stream()
                        .flatMap(m -> readable(m).stream())
                        .filter(f -> source(f) == Source.OURS)
                        .findFirst();
        found.filter(f -> source(f) != Source.OTHER).ifPresent(f -> scene.mirror(f.mirror()));
        return found;
    }

    /** Somebody else's item may be protected or broken; that is no reason to stop. */
    private Optional<Found> readable(Mirror mirror) {
        try {
            return Optional.of(new Found(mirror, scene.ports().fabric().definition(mirror)));
        } catch (MirrorException e) {
            return Optional.empty();
        }
    }

    @Override
    protected PreviewStep compare(Optional<Found> seen) {
        List<TableName> wanted = wantedTables();
        if (seen.isEmpty() && scene.published()) {
            return PreviewStep.blocked(key(), mirroredElsewhere());
        } else if (seen.isEmpty()) {
            return PreviewStep.change(
                    key(),
                    wanted == null ? "all tables, as Fabric follows them" : wanted.size() + " tables",
                    List.of(newMirror()),
                    List.of());
        }

        Found found = seen.get();
        String name = found.mirror().name();
        if (source(found) == Source.OTHER) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of(
                                    "MIRROR_POINTS_ELSEWHERE",
                                    "\"" + name + "\" in " + scene.workspace().name()
                                            + " mirrors another source; it was not touched")
                            .seen("item " + found.mirror().id() + ", connection "
                                    + found.definition().connectionId() + ", database "
                                    + found.definition().database())
                            .cause("the name is in use for another source, or the plan names the wrong server")
                            .remedy("MirrorPlan.named(\"another name\"), or correct .server(...)"));
        } else if (!name.equals(scene.plan().name())) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("MIRROR_HAS_OTHER_NAME", "this source is mirrored already, by \"" + name + "\"")
                            .seen("item " + found.mirror().id())
                            .cause("Fabric keeps one mirrored database for each source database")
                            .remedy("name the plan so: MirrorPlan.named(\"" + name + "\")"));
        }

        return compareTables(found, wanted);
    }

    @Override
    protected void change(Optional<Found> seen) {
        if (seen.isEmpty()) {
            MirrorDefinition definition =
                    new MirrorDefinition(scene.connection().id(), scene.plan().database(), wantedTables());
            scene.mirror(scene.ports()
                    .fabric()
                    .createMirror(scene.workspace().id(), scene.plan().name(), definition));
            scene.run().changed(newMirror());
            return;
        }

        Found found = seen.get();
        String connection = source(found) == Source.OURS
                ? found.definition().connectionId()
                : scene.connection().id();
        scene.ports()
                .fabric()
                .changeDefinition(
                        found.mirror(),
                        new MirrorDefinition(connection, scene.plan().database(), wantedTables()));
        changes(found, wantedTables()).forEach(scene.run()::changed);
    }

    private PreviewStep compareTables(Found found, @Nullable List<TableName> wanted) {
        List<Change> changes = changes(found, wanted);
        if (changes.isEmpty()) {
            return PreviewStep.satisfied(
                    key(),
                    "\"" + found.mirror().name() + "\", id " + found.mirror().id());
        }

        List<TableName> present = found.definition().tables();
        boolean loses = wanted != null && (present == null || !wanted.containsAll(present));
        return PreviewStep.change(
                key(), "other tables", changes, loses ? List.of(Consent.DELETE_MIRRORED_DATA) : List.of());
    }

    private List<Change> changes(Found found, @Nullable List<TableName> wanted) {
        List<Change> changes = new ArrayList<>(tableChanges(found, wanted));
        if (source(found) == Source.LOST) {
            changes.add(
                    new Change("connection of the mirror", found.definition().connectionId() + ", gone", "ours"));
        }
        return changes;
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

    private enum Source {
        /** The mirror reads our database. */
        OURS,
        /** The mirror reads a database of our name through a connection that is gone or that the caller may not see. */
        LOST,
        /** The mirror reads something else. */
        OTHER
    }

    private Source source(Found found) {
        if (!found.definition().database().equals(scene.plan().database())) {
            return Source.OTHER;
        }

        return scene.visibleConnections().stream()
                .filter(c -> c.id().equals(found.definition().connectionId()))
                .findFirst()
                .map(c -> scene.pointsAtSource(c) ? Source.OURS : Source.OTHER)
                .orElse(Source.LOST);
    }

    private @Nullable List<TableName> wantedTables() {
        return scene.plan().tables().followsAll() ? null : scene.tables().mirrored();
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

    private Change newMirror() {
        return Change.created(
                "mirrored database \"" + scene.plan().name() + "\"",
                "in workspace " + scene.workspace().name());
    }

    /**
     * A mirrored database with its definition.
     *
     * @param mirror the mirrored database
     * @param definition what it mirrors
     */
    public record Found(Mirror mirror, MirrorDefinition definition) {}
}
