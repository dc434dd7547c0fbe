package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace.
 *
 * @param id its id
 * @param displayName its name, unique in the tenant
 * @param description its description; empty text if it has none
 * @param capacityId the capacity it is assigned to, or null
 * @param capacityRegion the region of that capacity; empty text if not told
 * @param capacityAssignment how far the last assignment got, or null; lists do not tell
 * @param identity its own identity, or null; lists do not tell
 */
public record Workspace(
        UUID id,
        String displayName,
        String description,
        @Nullable UUID capacityId,
        String capacityRegion,
        @Nullable CapacityAssignment capacityAssignment,
        @Nullable WorkspaceIdentity identity) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param displayName must not be null
     * @param description must not be null
     * @param capacityId the capacity, or null
     * @param capacityRegion must not be null
     * @param capacityAssignment how far, or null
     * @param identity the identity, or null
     */
    public Workspace {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(capacityRegion, "capacityRegion");
    }
}
