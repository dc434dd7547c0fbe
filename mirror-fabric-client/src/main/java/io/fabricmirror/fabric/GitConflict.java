package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How the changes of both sides to an item relate. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GitConflict(String value) {
    /** Only one side changed it. */
    public static final GitConflict NONE = new GitConflict("None");

    /** Both sides changed it differently. */
    public static final GitConflict CONFLICT = new GitConflict("Conflict");

    /** Both sides changed it alike. */
    public static final GitConflict SAME_CHANGES = new GitConflict("SameChanges");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GitConflict {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
