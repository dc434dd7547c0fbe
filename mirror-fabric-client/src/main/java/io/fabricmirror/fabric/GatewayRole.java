package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * What a principal may do with a gateway. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GatewayRole(String value) {
    /** May change and delete it. */
    public static final GatewayRole ADMIN = new GatewayRole("Admin");

    /** May create connections on it and let others do so. */
    public static final GatewayRole CONNECTION_CREATOR_WITH_RESHARING =
            new GatewayRole("ConnectionCreatorWithResharing");

    /** May create connections on it. */
    public static final GatewayRole CONNECTION_CREATOR = new GatewayRole("ConnectionCreator");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GatewayRole {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
