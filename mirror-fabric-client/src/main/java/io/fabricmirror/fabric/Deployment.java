package io.fabricmirror.fabric;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deployment from one stage to the next.
 *
 * @param id its id
 * @param status how far it is
 * @param sourceStageId from which stage, or null if not told
 * @param targetStageId to which stage, or null if not told
 * @param started when it began, or null
 * @param ended when it ended, or null
 * @param performedBy who asked for it, or null if not told
 * @param note its note; empty text if it has none
 * @param steps what it did with each item; lists do not tell
 */
public record Deployment(
        UUID id,
        DeploymentStatus status,
        @Nullable UUID sourceStageId,
        @Nullable UUID targetStageId,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Principal performedBy,
        String note,
        List<Step> steps) {
    /**
     * Rejects missing values and copies the list.
     *
     * @param id must not be null
     * @param status must not be null
     * @param sourceStageId the stage, or null
     * @param targetStageId the stage, or null
     * @param started when, or null
     * @param ended when, or null
     * @param performedBy who, or null
     * @param note must not be null
     * @param steps must not be null
     */
    public Deployment {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(note, "note");
        steps = List.copyOf(steps);
    }

    /**
     * What a deployment did with an item.
     *
     * @param status how far it is
     * @param description what it is; empty text if not told
     * @param itemType the kind of the item, or null if not told
     * @param sourceItemId the item of the source stage, or null if not told
     * @param sourceItemName its name; empty text if not told
     * @param targetItemId the item of the target stage that is overwritten, or null
     * @param difference how both compared before, or null if not told
     * @param error why it failed, or null
     */
    public record Step(
            DeploymentStatus status,
            String description,
            @Nullable ItemType itemType,
            @Nullable UUID sourceItemId,
            String sourceItemName,
            @Nullable UUID targetItemId,
            @Nullable DeploymentDifference difference,
            @Nullable FabricError error) {
        /**
         * Rejects missing values.
         *
         * @param status must not be null
         * @param description must not be null
         * @param itemType the kind, or null
         * @param sourceItemId the item, or null
         * @param sourceItemName must not be null
         * @param targetItemId the item, or null
         * @param difference how, or null
         * @param error why, or null
         */
        public Step {
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(sourceItemName, "sourceItemName");
        }
    }
}
