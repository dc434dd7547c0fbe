package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.Roles;
import io.fabricmirror.fabric.internal.Transport;
import io.fabricmirror.fabric.internal.WorkspaceReader;
import java.util.List;
import java.util.UUID;

/** The calls about workspaces and who may use them. Thread-safe. */
public final class Workspaces {
    private final Transport transport;

    Workspaces(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists the workspaces the caller has a role in. The service has no filter by name.
     *
     * <p>Permissions: none; a service principal sees only workspaces it was added to.
     *
     * @return the workspaces
     */
    public List<Workspace> list() {
        return transport.pages(FabricRequest.get("list workspaces", "workspaces"), "value", WorkspaceReader::workspace);
    }

    /**
     * Reads a workspace.
     *
     * <p>Permissions: viewer of the workspace.
     *
     * @param workspaceId the workspace
     * @return the workspace, with its capacity assignment and identity
     */
    public Workspace get(UUID workspaceId) {
        FabricRequest request = FabricRequest.get("read workspace " + workspaceId, "workspaces", workspaceId);
        return transport.call(request, WorkspaceReader::workspace);
    }

    /**
     * Lists who has which role in a workspace; members of groups are not told one by one.
     *
     * <p>Permissions: member of the workspace.
     *
     * @param workspaceId the workspace
     * @return the assignments
     */
    public List<RoleAssignment<WorkspaceRole>> roleAssignments(UUID workspaceId) {
        return roles(workspaceId).list();
    }

    /**
     * Gives somebody a role.
     *
     * <p>Permissions: member of the workspace; members give roles up to their own. Limit: 1,000 principals in a workspace. A
     * principal made a short time ago is answered with {@link FabricErrorCode#PRINCIPAL_NOT_FOUND} for some minutes; one that
     * has a role already with {@link FabricErrorCode#PRINCIPAL_HAS_ROLE}.
     *
     * @param workspaceId the workspace
     * @param principal who
     * @param role the role
     * @return the assignment
     */
    public RoleAssignment<WorkspaceRole> addRoleAssignment(UUID workspaceId, Principal principal, WorkspaceRole role) {
        return roles(workspaceId).add(principal, role.value());
    }

    /**
     * Changes a role.
     *
     * <p>Permissions: admin of the workspace. Limit: the last admin stays.
     *
     * @param workspaceId the workspace
     * @param assignmentId the assignment
     * @param role the new role
     * @return the assignment
     */
    public RoleAssignment<WorkspaceRole> updateRoleAssignment(UUID workspaceId, UUID assignmentId, WorkspaceRole role) {
        return roles(workspaceId).update(assignmentId, role.value());
    }

    private Roles<WorkspaceRole> roles(UUID workspaceId) {
        return new Roles<>(transport, "workspaces", workspaceId, WorkspaceRole::new);
    }
}
