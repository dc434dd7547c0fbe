package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * What happened to an item. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GitChangeType(String value) {
    /** It is new. */
    public static final GitChangeType ADDED = new GitChangeType("Added");

    /** It is gone. */
    public static final GitChangeType DELETED = new GitChangeType("Deleted");

    /** Its content changed. */
    public static final GitChangeType MODIFIED = new GitChangeType("Modified");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GitChangeType {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
