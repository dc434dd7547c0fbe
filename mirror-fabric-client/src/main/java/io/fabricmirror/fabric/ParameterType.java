package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * The type of a connection parameter. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record ParameterType(String value) {
    /** Text. */
    public static final ParameterType TEXT = new ParameterType("Text");

    /** A number. */
    public static final ParameterType NUMBER = new ParameterType("Number");

    /** True or false. */
    public static final ParameterType BOOLEAN = new ParameterType("Boolean");

    /** A duration in ISO 8601 form. */
    public static final ParameterType DURATION = new ParameterType("Duration");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public ParameterType {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
