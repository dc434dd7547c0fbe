package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes the connection of the plan's name, unless a mirrored database in a visible workspace uses it. */
public final class RemoveConnectionStep extends Step<RemoveConnectionStep.Seen> {
    private final MirrorScene scene;

    /** Prepares the step. */
    public RemoveConnectionStep(MirrorScene scene) {
        super(StepKey.CONNECTION);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        List<FabricConnection> visible = scene.ports().fabric().connections();
        scene.visibleConnections(visible);
        String name = ConnectionNames.of(scene.plan(), scene.roleName());
        FabricConnection ours = visible.stream()
                .filter(c -> c.name().equals(name))
                .filter(scene::pointsAtSource)
                .findFirst()
                .orElse(null);
        return new Seen(ours, ours == null ? List.of() : users(ours));
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        FabricConnection ours = seen.ours();
        if (ours == null) {
            return PreviewStep.satisfied(key(), "there is no connection of this plan's name to its source");
        } else if (!seen.users().isEmpty()) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("CONNECTION_IN_USE", "connection \"" + ours.name() + "\" is used by others")
                            .seen(String.join(", ", seen.users()))
                            .remedy("remove those first, or leave the connection out of the removal"));
        }
        return PreviewStep.change(
                key(), "no mirrored database that is visible uses it", List.of(deleted(ours)), List.of());
    }

    @Override
    protected void change(Seen seen) {
        FabricConnection ours = seen.ours();
        if (ours != null) {
            scene.ports().fabric().deleteConnection(ours);
            scene.run().changed(deleted(ours));
        }
    }

    private List<String> users(FabricConnection connection) {
        FabricControl fabric = scene.ports().fabric();
        List<String> users = new ArrayList<>();
        for (Workspace workspace : fabric.workspaces()) {
            for (Mirror mirror : fabric.mirrors(workspace.id())) {
                boolean own = workspace.id().equals(scene.workspace().id())
                        && mirror.name().equals(scene.plan().name());
                if (!own && uses(mirror, connection)) {
                    users.add("\"" + mirror.name() + "\" in " + workspace.name());
                }
            }
        }
        return users;
    }

    /** What the caller may not read is not visible. */
    private boolean uses(Mirror mirror, FabricConnection connection) {
        try {
            return scene.ports().fabric().definition(mirror).connectionId().equals(connection.id());
        } catch (MirrorException e) {
            return false;
        }
    }

    private static Change deleted(FabricConnection connection) {
        return new Change("connection \"" + connection.name() + "\"", "id " + connection.id(), "deleted");
    }

    /**
     * What the step sees.
     *
     * @param ours the connection, if there is one
     * @param users who else uses it
     */
    record Seen(@Nullable FabricConnection ours, List<String> users) {}
}
