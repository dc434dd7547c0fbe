package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * Whether a gateway works. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GatewayHealth(String value) {
    /** It does. */
    public static final GatewayHealth ONLINE = new GatewayHealth("Online");

    /** It does not, or sleeps. */
    public static final GatewayHealth OFFLINE = new GatewayHealth("Offline");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GatewayHealth {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
