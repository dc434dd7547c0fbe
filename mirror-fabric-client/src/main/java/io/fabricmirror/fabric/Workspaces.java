package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.CapacityAssignments;
import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.Json;
import io.fabricmirror.fabric.internal.LongOperations;
import io.fabricmirror.fabric.internal.Roles;
import io.fabricmirror.fabric.internal.Transport;
import io.fabricmirror.fabric.internal.WorkspaceReader;
import java.util.List;
import java.util.UUID;

/**
 * The calls about workspaces and who may use them. Thread-safe.
 *
 * <p>Source of permissions, limits and errors: <a href="https://learn.microsoft.com/rest/api/fabric/core/workspaces">Microsoft's
 * reference</a>, as of August 2026.
 */
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
     * Creates a workspace.
     *
     * <p>Permissions: may create workspaces in the tenant, for a service principal by a tenant setting of its own; contributor
     * or administrator of the capacity. The caller becomes its admin. Limits: name of 256 characters, unique in the tenant;
     * description of 4,000.
     *
     * <p>Errors: {@code DomainNotFound}, {@code InsufficientPermissionsToDomain}.
     *
     * @param workspace what to create
     * @return the workspace
     */
    public Workspace create(NewWorkspace workspace) {
        FabricRequest request = FabricRequest.create("create workspace " + workspace.displayName(), "workspaces")
                .body(workspace.json());
        return transport.call(request, WorkspaceReader::workspace);
    }

    /**
     * Assigns a workspace to a capacity and waits until that is done, within {@link FabricLimits#operation()}. The service does not
     * report this as a long-running operation; the workspace itself tells.
     *
     * <p>Permissions: admin of the workspace; contributor or administrator of the capacity. Limit: a workspace with items does
     * not move to another region.
     *
     * @param workspaceId the workspace
     * @param capacityId the capacity
     * @return the workspace, assigned
     * @throws FabricException with {@link FabricErrorCode#ASSIGNMENT_FAILED} if the service gives up, and with
     *     {@link FabricErrorCode#OPERATION_PENDING} if it is still busy at the end of the limit
     */
    public Workspace assignToCapacity(UUID workspaceId, UUID capacityId) {
        FabricRequest request = FabricRequest.set(
                        "assign workspace " + workspaceId + " to capacity " + capacityId,
                        "workspaces",
                        workspaceId,
                        "assignToCapacity")
                .body(Json.object().put("capacityId", capacityId.toString()));
        return new CapacityAssignments(transport).assign(request, workspaceId, capacityId);
    }

    /**
     * Gives a workspace an identity of its own; takes some seconds.
     *
     * <p>Permissions: admin of the workspace, which must be on a capacity.
     *
     * @param workspaceId the workspace
     * @return the identity
     */
    public WorkspaceIdentity provisionIdentity(UUID workspaceId) {
        FabricRequest request = FabricRequest.create(
                "provision identity of workspace " + workspaceId, "workspaces", workspaceId, "provisionIdentity");
        return new LongOperations(transport).call(request, WorkspaceReader::identity);
    }

    /**
     * Takes the identity of a workspace away; what it was allowed to do is lost.
     *
     * <p>Permissions: admin of the workspace.
     *
     * @param workspaceId the workspace
     */
    public void deprovisionIdentity(UUID workspaceId) {
        new LongOperations(transport)
                .run(FabricRequest.create(
                        "deprovision identity of workspace " + workspaceId,
                        "workspaces",
                        workspaceId,
                        "deprovisionIdentity"));
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

    /**
     * Takes a role away.
     *
     * <p>Permissions: admin of the workspace. Limit: the last admin stays.
     *
     * @param workspaceId the workspace
     * @param assignmentId the assignment
     */
    public void deleteRoleAssignment(UUID workspaceId, UUID assignmentId) {
        roles(workspaceId).delete(assignmentId);
    }

    private Roles<WorkspaceRole> roles(UUID workspaceId) {
        return new Roles<>(transport, "workspaces", workspaceId, WorkspaceRole::new);
    }
}
