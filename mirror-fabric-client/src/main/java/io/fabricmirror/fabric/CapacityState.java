package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * Whether a capacity can work. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record CapacityState(String value) {
    /** Ready. */
    public static final CapacityState ACTIVE = new CapacityState("Active");

    /** Paused or gone; its workspaces cannot mirror. */
    public static final CapacityState INACTIVE = new CapacityState("Inactive");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public CapacityState {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
