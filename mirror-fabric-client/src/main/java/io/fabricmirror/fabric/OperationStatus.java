package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How far a long-running operation is. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record OperationStatus(String value) {
    /** Accepted. */
    public static final OperationStatus NOT_STARTED = new OperationStatus("NotStarted");

    /** At work. */
    public static final OperationStatus RUNNING = new OperationStatus("Running");

    /** Done. */
    public static final OperationStatus SUCCEEDED = new OperationStatus("Succeeded");

    /** Ended with an error. */
    public static final OperationStatus FAILED = new OperationStatus("Failed");

    /** The service cannot tell. */
    public static final OperationStatus UNDEFINED = new OperationStatus("Undefined");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public OperationStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
