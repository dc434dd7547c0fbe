package io.fabricmirror.fabric;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a data source. It belongs to the tenant, not to a workspace.
 *
 * @param id its id
 * @param displayName its name; empty text if not told
 * @param connectivity how it reaches its source
 * @param gatewayId the gateway, or null; cloud connections may name a virtual one
 * @param type the kind of source, such as {@code AzurePostgreSQL}
 * @param path what it points at; for PostgreSQL {@code server;database}
 * @param privacyLevel how far its data may be combined, or null if not told
 * @param credentialType how it signs in, or null if not told
 * @param encryption whether its way is encrypted, or null if not told
 * @param use when it was last used, or null if not told
 */
public record Connection(
        UUID id,
        String displayName,
        Connectivity connectivity,
        @Nullable UUID gatewayId,
        String type,
        String path,
        @Nullable PrivacyLevel privacyLevel,
        @Nullable CredentialType credentialType,
        @Nullable ConnectionEncryption encryption,
        @Nullable Use use) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param displayName must not be null
     * @param connectivity must not be null
     * @param gatewayId the gateway, or null
     * @param type must not be null
     * @param path must not be null
     * @param privacyLevel the level, or null
     * @param credentialType the type, or null
     * @param encryption the setting, or null
     * @param use when, or null
     */
    public Connection {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(connectivity, "connectivity");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(path, "path");
    }

    /**
     * When a connection was used.
     *
     * @param created when it was created, or null
     * @param lastBound when it was last bound to an item, by anybody, or null
     * @param lastCredentialUse when its credentials were last used, by anybody, or null
     */
    public record Use(
            @Nullable Instant created,
            @Nullable Instant lastBound,
            @Nullable Instant lastCredentialUse) {}
}
