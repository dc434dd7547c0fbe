package io.fabricmirror.fabric;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A deployment pipeline: workspaces in a row, through which items are promoted.
 *
 * @param id its id
 * @param displayName its name
 * @param description its description; empty text if it has none
 * @param stages its stages; lists do not tell them
 */
public record DeploymentPipeline(UUID id, String displayName, String description, List<DeploymentStage> stages) {
    /**
     * Rejects missing values and copies the list.
     *
     * @param id must not be null
     * @param displayName must not be null
     * @param description must not be null
     * @param stages must not be null
     */
    public DeploymentPipeline {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(description, "description");
        stages = List.copyOf(stages);
    }
}
