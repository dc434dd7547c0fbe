package io.fabricmirror.core.internal.step;

import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.RotationPlan;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes sure that no visible connection that may log in as the role would be left with its former password. */
public final class SharedRoleStep extends Step<List<FabricConnection>> {
    private final MirrorScene scene;
    private final RotationPlan plan;

    /** Prepares the step. */
    public SharedRoleStep(MirrorScene scene, RotationPlan plan) {
        super(StepKey.SHARED);
        this.scene = scene;
        this.plan = plan;
    }

    @Override
    protected List<FabricConnection> observe() {
        List<FabricConnection> visible = scene.ports().fabric().connections();
        scene.visibleConnections(visible);
        String role = scene.roleName();
        Set<String> covered =
                plan.mirrors().stream().map(m -> ConnectionNames.of(m, role)).collect(Collectors.toSet());
        return ConnectionNames.toServer(visible, scene.server().host()).stream()
                .filter(c -> !covered.contains(c.name()))
                .filter(c -> !plan.spared().contains(c.name()))
                .filter(c -> !isNamedForAnother(c, role))
                .toList();
    }

    @Override
    protected PreviewStep compare(List<FabricConnection> seen) {
        if (seen.isEmpty()) {
            return PreviewStep.satisfied(
                    key(),
                    "role " + scene.roleName() + ", used by " + plan.mirrors().size() + " mirrors");
        }

        String names = seen.stream().map(c -> "\"" + c.name() + "\"").collect(Collectors.joining(", "));
        return PreviewStep.blocked(
                key(),
                Problem.of(
                                "CONNECTION_NOT_COVERED",
                                "other connections to " + scene.plan().server().name() + " may log in as "
                                        + scene.roleName())
                        .seen(names)
                        .cause("they would be refused once the password is another; Fabric does not tell their role")
                        .who("whoever owns these connections")
                        .remedy("give the plans of their mirrors to RotationPlan.of(...), or say that they log in as"
                                + " another role: .sparing(\"...\")"));
    }

    /** A connection that this library made tells its role by its name. */
    private boolean isNamedForAnother(FabricConnection connection, String role) {
        String server = scene.plan().server().name();
        String database = ConnectionNames.database(connection);
        String ours = ConnectionNames.byDefault(server, database, "");
        return connection.name().startsWith(ours)
                && !connection.name().equals(ConnectionNames.byDefault(server, database, role));
    }
}
