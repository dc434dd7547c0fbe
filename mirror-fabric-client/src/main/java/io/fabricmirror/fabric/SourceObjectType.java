package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * The kind of a mirrored object. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record SourceObjectType(String value) {
    /** A table. */
    public static final SourceObjectType TABLE = new SourceObjectType("Table");

    /** A view. */
    public static final SourceObjectType VIEW = new SourceObjectType("View");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public SourceObjectType {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
