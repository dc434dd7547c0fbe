package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How far a workspace is connected to Git. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GitConnectionState(String value) {
    /** Not at all. */
    public static final GitConnectionState NOT_CONNECTED = new GitConnectionState("NotConnected");

    /** Connected, but not initialized. */
    public static final GitConnectionState CONNECTED = new GitConnectionState("Connected");

    /** Ready to commit and update. */
    public static final GitConnectionState CONNECTED_AND_INITIALIZED =
            new GitConnectionState("ConnectedAndInitialized");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GitConnectionState {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
