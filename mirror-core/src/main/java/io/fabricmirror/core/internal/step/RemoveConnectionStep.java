package io.fabricmirror.core.internal.step;

import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.FabricConnection;
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
                key(),
                "no mirrored database that is visible uses it",
                List.of(SweepConnectionsStep.deleted(ours)),
                List.of());
    }

    @Override
    protected void change(Seen seen) {
        FabricConnection ours = seen.ours();
        if (ours != null) {
            scene.ports().fabric().deleteConnection(ours);
            scene.run().changed(SweepConnectionsStep.deleted(ours));
        }
    }

    private List<String> users(FabricConnection connection) {
        return ConnectionUsers.of(scene.ports().fabric()).getOrDefault(connection.id(), List.of()).stream()
                .filter(user -> !user.workspace().id().equals(scene.workspace().id())
                        || !user.mirror().name().equals(scene.plan().name()))
                .map(ConnectionUsers.User::toString)
                .toList();
    }

    /**
     * What the step sees.
     *
     * @param ours the connection, if there is one
     * @param users who else uses it
     */
    record Seen(@Nullable FabricConnection ours, List<String> users) {}
}
