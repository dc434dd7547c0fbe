package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * The state of a table in a mirrored database. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record TableMirroringState(String value) {
    /** Known, nothing copied yet. */
    public static final TableMirroringState INITIALIZED = new TableMirroringState("Initialized");

    /** Being copied for the first time. */
    public static final TableMirroringState SNAPSHOTTING = new TableMirroringState("Snapshotting");

    /** Copied; changes follow. */
    public static final TableMirroringState REPLICATING = new TableMirroringState("Replicating");

    /** Being copied anew. */
    public static final TableMirroringState RESEEDING = new TableMirroringState("Reseeding");

    /** Not mirrored. */
    public static final TableMirroringState STOPPED = new TableMirroringState("Stopped");

    /** Not mirrored because of an error. */
    public static final TableMirroringState FAILED = new TableMirroringState("Failed");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public TableMirroringState {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
