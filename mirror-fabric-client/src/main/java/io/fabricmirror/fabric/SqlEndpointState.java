package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How far the SQL analytics endpoint of an item is. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record SqlEndpointState(String value) {
    /** Being made. */
    public static final SqlEndpointState IN_PROGRESS = new SqlEndpointState("InProgress");

    /** Ready. */
    public static final SqlEndpointState SUCCESS = new SqlEndpointState("Success");

    /** Not made. */
    public static final SqlEndpointState FAILED = new SqlEndpointState("Failed");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public SqlEndpointState {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
