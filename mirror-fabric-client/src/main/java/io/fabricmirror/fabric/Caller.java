package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who the token of a credential speaks for, as the token itself says. Not verified: good for a hint before a call, not for deciding
 * what somebody may do.
 *
 * @param tenantId the tenant
 * @param objectId the object id of the person or service principal
 * @param applicationId the application, or null if not told
 */
public record Caller(UUID tenantId, UUID objectId, @Nullable UUID applicationId) {
    /**
     * Rejects missing values.
     *
     * @param tenantId must not be null
     * @param objectId must not be null
     * @param applicationId the application, or null
     */
    public Caller {
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(objectId, "objectId");
    }
}
