package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How an item of the source stage compared with the target stage before a deployment. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record DeploymentDifference(String value) {
    /** The target does not have it. */
    public static final DeploymentDifference NEW = new DeploymentDifference("New");

    /** The target has another version. */
    public static final DeploymentDifference DIFFERENT = new DeploymentDifference("Different");

    /** The target has the same. */
    public static final DeploymentDifference NO_DIFFERENCE = new DeploymentDifference("NoDifference");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public DeploymentDifference {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
