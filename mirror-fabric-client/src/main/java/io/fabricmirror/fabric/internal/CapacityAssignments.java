package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.CapacityAssignment;
import io.fabricmirror.fabric.FabricErrorCode;
import io.fabricmirror.fabric.FabricException;
import io.fabricmirror.fabric.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Assigns workspaces to capacities: accepted without an operation to follow, so the workspace is read until it tells. */
public final class CapacityAssignments {
    private static final Duration DELAY = Duration.ofSeconds(5);

    private final Transport transport;

    public CapacityAssignments(Transport transport) {
        this.transport = transport;
    }

    public Workspace assign(FabricRequest request, UUID workspaceId, UUID capacityId) {
        transport.send(request);
        Instant deadline = transport.clock().now().plus(transport.limits().operation());
        FabricRequest look = FabricRequest.get(request.what(), "workspaces", workspaceId);
        while (true) {
            Workspace workspace = transport.call(look, WorkspaceReader::workspace);
            CapacityAssignment progress = workspace.capacityAssignment();
            if (CapacityAssignment.FAILED.equals(progress)) {
                throw ended(request, FabricErrorCode.ASSIGNMENT_FAILED, "the service gave up and does not say why");
            }
            boolean there = capacityId.equals(workspace.capacityId());
            if (there && (progress == null || progress.equals(CapacityAssignment.COMPLETED))) {
                return workspace;
            }
            if (transport.clock().now().plus(DELAY).isAfter(deadline)) {
                throw ended(request, FabricErrorCode.OPERATION_PENDING, "still busy at the end of the limit");
            }
            transport.pause(request, DELAY, false);
        }
    }

    private static FabricException ended(FabricRequest request, FabricErrorCode code, String message) {
        return Failure.notSent(code, message, null).toException(request, false);
    }
}
