package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How far a deployment or one of its steps is. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record DeploymentStatus(String value) {
    /** Waiting. */
    public static final DeploymentStatus NOT_STARTED = new DeploymentStatus("NotStarted");

    /** At work. */
    public static final DeploymentStatus RUNNING = new DeploymentStatus("Running");

    /** Done. */
    public static final DeploymentStatus SUCCEEDED = new DeploymentStatus("Succeeded");

    /** Ended with an error. */
    public static final DeploymentStatus FAILED = new DeploymentStatus("Failed");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public DeploymentStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
