package io.fabricmirror;

import java.util.Objects;

/**
 * One thing that changes, or would: what, from what, to what. Immutable. Holds no secret.
 *
 * @param what the object, such as {@code wal_level} or {@code owner of public.orders}
 * @param before its state before; empty text if it did not exist
 * @param after its state after
 */
public record Change(String what, String before, String after) {
    /**
     * Rejects missing values.
     *
     * @param what must not be null
     * @param before must not be null
     * @param after must not be null
     */
    public Change {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /**
     * Returns the making of something that was not there.
     *
     * @param what the object
     * @param after what it becomes
     * @return the change
     */
    public static Change created(String what, String after) {
        return new Change(what, "", after);
    }

    /** Returns {@code what: before -> after}. */
    @Override
    public String toString() {
        return what + ": " + (before.isEmpty() ? after : before + " -> " + after);
    }
}
