package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * Whether Fabric reaches the source of a connection. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record ConnectionHealth(String value) {
    /** It does. */
    public static final ConnectionHealth ONLINE = new ConnectionHealth("Online");

    /** It does not. */
    public static final ConnectionHealth OFFLINE = new ConnectionHealth("Offline");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public ConnectionHealth {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
