package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection that an item uses.
 *
 * @param id its id, or null if it is none that can be managed
 * @param displayName its name; empty text if not told
 * @param connectivity how it reaches its source
 * @param gatewayId the gateway, or null
 * @param type the kind of source
 * @param path what it points at
 */
public record ItemConnection(
        @Nullable UUID id,
        String displayName,
        Connectivity connectivity,
        @Nullable UUID gatewayId,
        String type,
        String path) {
    /**
     * Rejects missing values.
     *
     * @param id the id, or null
     * @param displayName must not be null
     * @param connectivity must not be null
     * @param gatewayId the gateway, or null
     * @param type must not be null
     * @param path must not be null
     */
    public ItemConnection {
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(connectivity, "connectivity");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(path, "path");
    }
}
