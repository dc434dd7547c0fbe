package io.fabricmirror.fabric;

import java.util.List;
import java.util.Objects;

/**
 * What a test of a connection found. That it is offline is a result, not an error of the test.
 *
 * @param health whether Fabric reaches the source with the credentials
 * @param errors why not
 */
public record ConnectionTestResult(ConnectionHealth health, List<FabricError.Detail> errors) {
    /**
     * Rejects missing values and copies the list.
     *
     * @param health must not be null
     * @param errors must not be null
     */
    public ConnectionTestResult {
        Objects.requireNonNull(health, "health");
        errors = List.copyOf(errors);
    }

    /**
     * Tells whether the connection works.
     *
     * @return whether it is online
     */
    public boolean online() {
        return health.equals(ConnectionHealth.ONLINE);
    }
}
