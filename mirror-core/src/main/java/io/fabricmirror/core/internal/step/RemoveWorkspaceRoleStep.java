package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.MirrorException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl.FabricConnection;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.RoleAssignment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the workspace role from the server's identity, unless another mirror in the workspace may need it. */
public final class RemoveWorkspaceRoleStep extends Step<RemoveWorkspaceRoleStep.Seen> {
    private final MirrorScene scene;

    /** Prepares the step. */
    public RemoveWorkspaceRoleStep(MirrorScene scene) {
        super(StepKey.WORKSPACE_ROLE);
        this.scene = scene;
    }

    @Override
    protected Seen observe() {
        String workspace = scene.workspace().id();
        Optional<String> identity = scene.server().systemIdentity();
        RoleAssignment role = scene.ports().fabric().roleAssignments(workspace).stream()
                .filter(a -> identity.equals(Optional.of(a.principalId())))
                .findFirst()
                .orElse(null);
        return new Seen(role, role == null ? List.of() : others(workspace));
    }

    @Override
    protected PreviewStep compare(Seen seen) {
        RoleAssignment role = seen.role();
        if (role == null) {
            return PreviewStep.satisfied(key(), "the server's identity has no role");
        } else if (!seen.needing().isEmpty()) {
            return PreviewStep.satisfied(key(), role.role() + " stays; needed by " + String.join(", ", seen.needing()));
        }
        return PreviewStep.change(key(), "no other mirror here needs it", List.of(removed(role)), List.of());
    }

    @Override
    protected void change(Seen seen) {
        RoleAssignment role = seen.role();
        if (role != null) {
            scene.ports().fabric().removeRole(scene.workspace().id(), role.id());
            scene.run().changed(removed(role));
        }
    }

    private List<String> others(String workspace) {
        List<FabricConnection> visible = scene.ports().fabric().connections();
        List<String> known = visible.stream().map(FabricConnection::id).toList();
        List<String> toServer = ConnectionNames.toServer(visible, scene.server().host()).stream()
                .map(FabricConnection::id)
                .toList();
        return scene.ports().fabric().mirrors(workspace).stream()
                .filter(m -> !m.name().equals(scene.plan().name()))
                .filter(m -> mayRead(m, known, toServer))
                .map(m -> "\"" + m.name() + "\"")
                .collect(Collectors.toList());
    }

    /** One whose source cannot be told may be this server's. */
    private boolean mayRead(Mirror mirror, List<String> known, List<String> toServer) {
        try {
            String connection = scene.ports().fabric().definition(mirror).connectionId();
            return toServer.contains(connection) || (!connection.isEmpty() && !known.contains(connection));
        } catch (MirrorException e) {
            return true;
        }
    }

    private Change removed(RoleAssignment role) {
        return new Change(
                "role of " + scene.plan().server().name() + " in workspace "
                        + scene.workspace().name(),
                role.role().value(),
                "none");
    }

    /**
     * What the step sees.
     *
     * @param role the role, if the identity has one
     * @param needing the other mirrors that need it
     */
    record Seen(@Nullable RoleAssignment role, List<String> needing) {}
}
