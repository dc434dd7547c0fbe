package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.LongOperations;
import io.fabricmirror.fabric.internal.Transport;
import java.util.Optional;
import java.util.UUID;

/**
 * The calls about long-running operations, for those that outlived a limit: see {@link FabricOperationPendingException}.
 * Thread-safe.
 *
 * <p>Permissions: as for the call that began the operation.
 *
 * <p>Source of permissions, limits and errors: <a href="https://learn.microsoft.com/rest/api/fabric/core/long-running-operations">Microsoft's
 * reference</a>, as of August 2026.
 */
public final class Operations {
    private final LongOperations operations;

    Operations(Transport transport) {
        this.operations = new LongOperations(transport);
    }

    /**
     * Reads how far an operation is.
     *
     * @param operationId the operation
     * @return its state
     */
    public OperationState state(UUID operationId) {
        return operations.state(operationId);
    }

    /**
     * Waits for the end of an operation, at the pace the service asks for and within {@link FabricLimits#operation()}.
     *
     * @param operationId the operation
     * @return its state, which is a success
     * @throws FabricException with the error of the operation if it failed
     */
    public OperationState await(UUID operationId) {
        return operations.await(operationId);
    }

    /**
     * Reads the result of an operation that succeeded.
     *
     * @param operationId the operation
     * @return the result as JSON, or empty if the operation has none
     */
    public Optional<String> result(UUID operationId) {
        return operations.resultJson(operationId);
    }
}
