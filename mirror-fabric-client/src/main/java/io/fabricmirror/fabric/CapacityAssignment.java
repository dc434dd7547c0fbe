package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How far the last assignment of a workspace to a capacity got. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record CapacityAssignment(String value) {
    /** Done. */
    public static final CapacityAssignment COMPLETED = new CapacityAssignment("Completed");

    /** Ended without effect. */
    public static final CapacityAssignment FAILED = new CapacityAssignment("Failed");

    /** Still running. */
    public static final CapacityAssignment IN_PROGRESS = new CapacityAssignment("InProgress");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public CapacityAssignment {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
