package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a deployment pipeline.
 *
 * @param id its id
 * @param order its place, from 0
 * @param displayName its name
 * @param workspaceId its workspace, or null if none is assigned
 * @param workspaceName the name of that workspace; empty text if there is none or the caller may not see it
 */
public record DeploymentStage(
        UUID id, int order, String displayName, @Nullable UUID workspaceId, String workspaceName) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param order its place
     * @param displayName must not be null
     * @param workspaceId the workspace, or null
     * @param workspaceName must not be null
     */
    public DeploymentStage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(workspaceName, "workspaceName");
    }
}
