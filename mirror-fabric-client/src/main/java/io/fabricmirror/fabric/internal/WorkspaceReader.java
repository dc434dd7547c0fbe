package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.Capacity;
import io.fabricmirror.fabric.CapacityAssignment;
import io.fabricmirror.fabric.CapacityState;
import io.fabricmirror.fabric.Workspace;
import io.fabricmirror.fabric.WorkspaceIdentity;

/** Reads workspaces and capacities. */
public final class WorkspaceReader {
    private WorkspaceReader() {}

    public static Workspace workspace(Fields fields) {
        String assignment = fields.textOrNull("capacityAssignmentProgress");
        Fields identity = fields.object("workspaceIdentity");
        return new Workspace(
                fields.id("id"),
                fields.text("displayName"),
                fields.textOrEmpty("description"),
                fields.idOrNull("capacityId"),
                fields.textOrEmpty("capacityRegion"),
                assignment == null ? null : new CapacityAssignment(assignment),
                identity.idOrNull("servicePrincipalId") == null || identity.idOrNull("applicationId") == null
                        ? null
                        : identity(identity));
    }

    public static WorkspaceIdentity identity(Fields fields) {
        return new WorkspaceIdentity(fields.id("applicationId"), fields.id("servicePrincipalId"));
    }

    public static Capacity capacity(Fields fields) {
        return new Capacity(
                fields.id("id"),
                fields.text("displayName"),
                fields.textOrEmpty("sku"),
                fields.textOrEmpty("region"),
                new CapacityState(fields.text("state")));
    }
}
