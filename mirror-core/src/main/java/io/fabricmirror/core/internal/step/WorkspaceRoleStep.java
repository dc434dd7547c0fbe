package io.fabricmirror.core.internal.step;

import io.fabricmirror.Change;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.WorkspaceRole;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.RoleAssignment;
import java.util.List;
import java.util.Optional;

/**
 * Lets the server's identity write in the workspace. Fabric's API has no grant on a single item, so the role holds for the whole
 * workspace.
 */
public final class WorkspaceRoleStep extends Step<Optional<RoleAssignment>> {
    private final MirrorScene scene;

    /** Prepares the step. */
    public WorkspaceRoleStep(MirrorScene scene) {
        super(StepKey.WORKSPACE_ROLE);
        this.scene = scene;
    }

    @Override
    protected Optional<RoleAssignment> observe() {
        List<RoleAssignment> assignments =
                scene.ports().fabric().roleAssignments(scene.workspace().id());
        Optional<String> identity = scene.server().systemIdentity();
        return assignments.stream()
                .filter(a -> identity.equals(Optional.of(a.principalId())))
                .findFirst();
    }

    @Override
    protected PreviewStep compare(Optional<RoleAssignment> seen) {
        WorkspaceRole wanted = scene.plan().serverRole();
        return seen.filter(a -> a.role().includes(wanted)).isPresent()
                ? PreviewStep.satisfied(
                        key(), seen.get().role() + " of " + scene.workspace().name())
                : PreviewStep.change(key(), "may write every item of the workspace", List.of(newRole(seen)), List.of());
    }

    @Override
    protected void change(Optional<RoleAssignment> seen) {
        FabricControl fabric = scene.ports().fabric();
        String workspace = scene.workspace().id();
        WorkspaceRole role = scene.plan().serverRole();
        if (seen.isPresent()) {
            fabric.changeRole(workspace, seen.get().id(), role);
        } else {
            fabric.assignRole(workspace, scene.server().systemIdentity().orElseThrow(), role);
        }
        scene.run().changed(newRole(seen));
    }

    private Change newRole(Optional<RoleAssignment> seen) {
        return new Change(
                "role of " + scene.plan().server().name() + " in workspace "
                        + scene.workspace().name(),
                seen.map(a -> a.role().value()).orElse("none"),
                scene.plan().serverRole().value());
    }
}
