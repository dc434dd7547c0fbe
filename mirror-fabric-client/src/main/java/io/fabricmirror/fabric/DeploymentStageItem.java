package io.fabricmirror.fabric;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item of a stage, and what it is paired with in the stages beside it. Pairs cannot be set through the API.
 *
 * @param id the item
 * @param type its kind
 * @param displayName its name
 * @param sourceItemId what it is deployed from, or null if nothing, or if the caller may not see it
 * @param targetItemId what it is deployed to, or null if nothing, or if the caller may not see it
 * @param lastDeployment when it was last deployed, or null
 */
public record DeploymentStageItem(
        UUID id,
        ItemType type,
        String displayName,
        @Nullable UUID sourceItemId,
        @Nullable UUID targetItemId,
        @Nullable Instant lastDeployment) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param type must not be null
     * @param displayName must not be null
     * @param sourceItemId the item, or null
     * @param targetItemId the item, or null
     * @param lastDeployment when, or null
     */
    public DeploymentStageItem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(displayName, "displayName");
    }
}
