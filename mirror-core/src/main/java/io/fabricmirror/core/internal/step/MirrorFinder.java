package io.fabricmirror.core.internal.step;

import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.MirrorDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the mirrored database of a plan by what it reads, so that a changed name finds it as well. */
public final class MirrorFinder {
    private final MirrorScene scene;

    /**
     * Prepares to look.
     *
     * @param scene what is known of the mirror
     */
    public MirrorFinder(MirrorScene scene) {
        this.scene = scene;
    }

    /** Looks at the connections first, for a plan that has no step for its connection. */
    public Optional<Found> findAnew() {
        scene.visibleConnections(scene.ports().fabric().connections());
        return find();
    }

    /**
     * Finds the one that reads the plan's database, whatever its name; failing that the one of the plan's name, whatever it reads.
     */
    Optional<Found> find() {
        List<Mirror> mirrors = scene.ports().fabric().mirrors(scene.workspace().id());
        Optional<Found> named = mirrors.stream()
                .filter(this::hasPlansName)
                .map(m -> new Found(m, scene.ports().fabric().definition(m)))
                .findFirst();
        Optional<Found> found = named.filter(f -> source(f) == Source.OURS)
                .or(() -> mirrors.stream()
                        .filter(m -> !hasPlansName(m))
                        .flatMap(m -> readable(m).stream())
                        .filter(f -> source(f) == Source.OURS)
                        .findFirst())
                .or(() -> named);
        found.filter(f -> source(f) != Source.OTHER).ifPresent(f -> scene.mirror(f.mirror()));
        // Two: the source's one has another name, and the plan's name belongs to somebody else.
        return found.filter(f -> named.isEmpty() || hasPlansName(f.mirror())).or(() -> named);
    }

    /** Tells whether a mirrored database has the name that the plan gives. */
    public boolean hasPlansName(Mirror mirror) {
        return mirror.name().equals(scene.plan().name());
    }

    /** Tells what a mirrored database reads. */
    public Source source(Found found) {
        if (!found.definition().database().equals(scene.plan().database())) {
            return Source.OTHER;
        }

        return connection(found)
                .map(c -> readsSource(c) ? Source.OURS : Source.OTHER)
                .orElse(Source.LOST);
    }

    /** Tells whether the mirror's connection is not the one that the plan describes: another role, another way. */
    public boolean needsOtherConnection(Found found) {
        Optional<FabricConnection> connection = connection(found);
        if (connection.isEmpty()) {
            return true;
        }

        // A connection that somebody made by hand tells by no name whom it logs in as; it was adopted as it is.
        String ours = scene.plan().server().name() + ";" + scene.plan().database() + " ";
        String name = connection.get().name();
        return !Objects.equals(connection.get().gatewayId(), gateway())
                || (name.startsWith(ours) && !name.equals(ours + scene.roleName()));
    }

    /** Returns the connection a mirrored database reads through, if the caller may see it. */
    public Optional<FabricConnection> connection(Found found) {
        return scene.visibleConnections().stream()
                .filter(c -> c.id().equals(found.definition().connectionId()))
                .findFirst();
    }

    /** Explains that a mirrored database is not touched. */
    public Problem pointsElsewhere(Found found) {
        return Problem.of(
                        "MIRROR_POINTS_ELSEWHERE",
                        "\"" + found.mirror().name() + "\" in "
                                + scene.workspace().name() + " mirrors another source; it was not touched")
                .seen("item " + found.mirror().id() + ", connection "
                        + found.definition().connectionId() + ", database "
                        + found.definition().database())
                .cause("the name is in use for another source, or the plan names the wrong server")
                .remedy("MirrorPlan.named(\"another name\"), or correct .server(...)");
    }

    /** Tells whether a connection points at the database to mirror, whatever the way it goes. */
    private boolean readsSource(FabricConnection connection) {
        return connection.type().toLowerCase(Locale.ROOT).contains("postgresql")
                && connection
                        .path()
                        .equals(scene.server().host() + ";" + scene.plan().database());
    }

    private @Nullable String gateway() {
        return scene.plan().gateway() instanceof GatewayMode.VirtualNetwork through ? through.gatewayId() : null;
    }

    /** Somebody else's item may be protected or broken; that is no reason to stop. */
    private Optional<Found> readable(Mirror mirror) {
        try {
            return Optional.of(new Found(mirror, scene.ports().fabric().definition(mirror)));
        } catch (MirrorException e) {
            return Optional.empty();
        }
    }

    /** What a mirrored database reads. */
    public enum Source {
        /** The plan's database. */
        OURS,
        /** A database of that name through a connection that is gone or that the caller may not see. */
        LOST,
        /** Something else. */
        OTHER
    }

    /**
     * A mirrored database with its definition.
     *
     * @param mirror the mirrored database
     * @param definition what it mirrors
     */
    public record Found(Mirror mirror, MirrorDefinition definition) {}
}
