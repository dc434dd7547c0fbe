package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * The state of a mirrored database. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record MirroringState(String value) {
    /** Its SQL endpoint is being made; it cannot be started yet. */
    public static final MirroringState INITIALIZING = new MirroringState("Initializing");

    /** Ready to be started for the first time. */
    public static final MirroringState INITIALIZED = new MirroringState("Initialized");

    /** On its way to running. */
    public static final MirroringState STARTING = new MirroringState("Starting");

    /** Running, which does not say that rows arrive: look at the tables. */
    public static final MirroringState RUNNING = new MirroringState("Running");

    /** Held because the capacity was paused. */
    public static final MirroringState PAUSED = new MirroringState("Paused");

    /** On its way to stopped. */
    public static final MirroringState STOPPING = new MirroringState("Stopping");

    /** Stopped; starting again copies every table anew. */
    public static final MirroringState STOPPED = new MirroringState("Stopped");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public MirroringState {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
