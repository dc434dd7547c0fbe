package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives one mirror's connection the newest password, and proves it by a test from where Fabric is. */
public final class RotateConnectionStep extends Step<RotateConnectionStep.Seen> {
    private final MirrorScene scene;
    private final MirrorPlan mirror;
    private boolean replaced;

    /** Prepares the step. */
    public RotateConnectionStep(MirrorScene scene, MirrorPlan mirror) {
        super(new StepKey(StepKey.CONNECTION + "/" + mirror.name()));
        this.scene = scene;
        this.mirror = mirror;
    }

    @Override
    protected Seen observe() {
        String name = ConnectionNames.of(mirror, scene.roleName());
        FabricConnection connection =
                ConnectionNames.toServer(
                                scene.visibleConnections(), scene.server().host())
                        .stream()
                        .filter(c -> c.name().equals(name)
                                && ConnectionNames.database(c).equals(mirror.database()))
                        .findFirst()
                        .orElse(null);
        boolean roleIsNew = scene.run().isTrue(StepKey.ROLE);
        Optional<String> refused = connection == null || !roleIsNew
                ? Optional.empty()
                : scene.ports().fabric().testConnection(connection.id());
        return new Seen(connection, roleIsNew, refused);
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        FabricConnection connection = seen.connection();
        if (connection == null) {
            return PreviewStep.satisfied(
                    key(), "mirror \"" + mirror.name() + "\" has no connection yet; it will get the newest version");
        } else if (seen.roleIsNew() && seen.refused().isEmpty()) {
            return PreviewStep.satisfied(key(), "\"" + connection.name() + "\" tested");
        } else if (seen.roleIsNew() && replaced) {
            return PreviewStep.blocked(
                    key(),
                    Problem.of("CONNECTION_FAILS", "connection \"" + connection.name() + "\" does not work")
                            .seen(seen.refused().orElse(""))
                            .remedy("mend what Fabric says, then run again"));
        }
        return PreviewStep.change(key(), "takes the newest version", List.of(newCredentials(connection)), List.of());
    }

    @Override
    protected void change(Seen seen) {
        FabricConnection connection = seen.connection();
        if (connection != null) {
            scene.ports().fabric().replaceCredentials(connection, scene.roleName(), scene.rolePassword());
            replaced = true;
            scene.run().changed(newCredentials(connection));
        }
    }

    private static Change newCredentials(FabricConnection connection) {
        return new Change("credentials of connection \"" + connection.name() + "\"", "former", "newest version");
    }

    /**
     * What the step sees.
     *
     * @param connection the mirror's connection, if there is one
     * @param roleIsNew whether the role has the newest password, without which a test proves nothing
     * @param refused what a test says is wrong
     */
    record Seen(@Nullable FabricConnection connection, boolean roleIsNew, Optional<String> refused) {}
}
