package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;

/**
 * The identity of a workspace in Microsoft Entra.
 *
 * @param applicationId the application id
 * @param servicePrincipalId the object id of its service principal
 */
public record WorkspaceIdentity(UUID applicationId, UUID servicePrincipalId) {
    /**
     * Rejects missing values.
     *
     * @param applicationId must not be null
     * @param servicePrincipalId must not be null
     */
    public WorkspaceIdentity {
        Objects.requireNonNull(applicationId, "applicationId");
        Objects.requireNonNull(servicePrincipalId, "servicePrincipalId");
    }
}
