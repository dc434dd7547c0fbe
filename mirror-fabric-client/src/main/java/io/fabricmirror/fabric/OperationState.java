package io.fabricmirror.fabric;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a long-running operation is.
 *
 * @param id the operation
 * @param status how far
 * @param created when it began, or null if not told
 * @param lastUpdated when it last got on, or null if not told
 * @param percentComplete from 0 to 100, or null if not told
 * @param error why it failed, or null
 */
public record OperationState(
        UUID id,
        OperationStatus status,
        @Nullable Instant created,
        @Nullable Instant lastUpdated,
        @Nullable Integer percentComplete,
        @Nullable FabricError error) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param status must not be null
     * @param created when it began, or null
     * @param lastUpdated when it last got on, or null
     * @param percentComplete how much, or null
     * @param error why it failed, or null
     */
    public OperationState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
    }

    /**
     * Tells whether it has ended, well or not.
     *
     * @return whether nothing more will happen
     */
    public boolean ended() {
        return status.equals(OperationStatus.SUCCEEDED) || status.equals(OperationStatus.FAILED);
    }
}
