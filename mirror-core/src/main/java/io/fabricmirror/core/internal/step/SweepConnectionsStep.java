package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import java.util.List;
import java.util.Map;

/** Deletes the connections that bear this library's name for the server and role and that no visible mirrored database uses. */
public final class SweepConnectionsStep extends Step<List<FabricConnection>> {
    private final MirrorScene scene;

    /** Prepares the step. */
    public SweepConnectionsStep(MirrorScene scene) {
        super(StepKey.CONNECTION);
        this.scene = scene;
    }

    @Override
    protected List<FabricConnection> observe() {
        List<FabricConnection> ours =
                ConnectionNames.toServer(
                                scene.ports().fabric().connections(),
                                scene.server().host())
                        .stream()
                        .filter(this::hasOurName)
                        .toList();
        if (ours.isEmpty()) {
            return ours;
        }

        Map<String, List<ConnectionUsers.User>> users =
                ConnectionUsers.of(scene.ports().fabric());
        return ours.stream().filter(c -> !users.containsKey(c.id())).toList();
    }

    @Override
    protected PreviewStep compare(List<FabricConnection> seen) {
        return seen.isEmpty()
                ? PreviewStep.satisfied(key(), "every connection of this server and role is used")
                : PreviewStep.change(
                        key(),
                        "no mirrored database that is visible uses them",
                        seen.stream().map(SweepConnectionsStep::deleted).toList(),
                        List.of());
    }

    @Override
    protected void change(List<FabricConnection> seen) {
        for (FabricConnection connection : seen) {
            scene.ports().fabric().deleteConnection(connection);
            scene.run().changed(deleted(connection));
        }
    }

    private boolean hasOurName(FabricConnection connection) {
        String database = ConnectionNames.database(connection);
        return connection
                .name()
                .equals(ConnectionNames.byDefault(scene.plan().server().name(), database, scene.roleName()));
    }

    static Change deleted(FabricConnection connection) {
        return new Change("connection \"" + connection.name() + "\"", "id " + connection.id(), "deleted");
    }
}
