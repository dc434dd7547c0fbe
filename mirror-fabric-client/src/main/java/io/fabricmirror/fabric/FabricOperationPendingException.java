package io.fabricmirror.fabric;

import java.io.Serial;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A long-running operation was accepted and its end was not seen within the limit. It goes on; follow it with
 * {@link Operations#await(UUID)}, from any machine.
 */
public final class FabricOperationPendingException extends FabricException {
    @Serial
    private static final long serialVersionUID = 1;

    /** The operation to follow. */
    private final UUID operationId;

    /**
     * Creates an exception; callers need this in their own tests only.
     *
     * @param message what was asked and how far it got
     * @param operationId the operation to follow
     * @param error what this client says
     * @param cause why it stopped waiting, or null if the limit was reached
     */
    public FabricOperationPendingException(
            String message, UUID operationId, FabricError error, @Nullable Throwable cause) {
        super(message, 202, error, cause);
        this.operationId = operationId;
    }

    /**
     * Returns the operation to follow.
     *
     * @return its id
     */
    public UUID operationId() {
        return operationId;
    }
}
