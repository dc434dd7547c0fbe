package io.fabricmirror;

import java.util.Objects;

/**
 * How a step ended. Open: a later version may add outcomes, so keep a branch for others. Immutable.
 *
 * @param value the outcome in words, lower case
 */
public record Outcome(String value) {
    /** It was true already; nothing was changed. */
    public static final Outcome SATISFIED = new Outcome("satisfied");
    /** It was made true. */
    public static final Outcome CHANGED = new Outcome("changed");
    /** The service is still working; look again. */
    public static final Outcome IN_PROGRESS = new Outcome("in progress");
    /** A person, a consent or another team has to act; the result says who and how. */
    public static final Outcome NEEDS_ACTION = new Outcome("needs action");
    /** It could not be made true. */
    public static final Outcome FAILED = new Outcome("failed");
    /** A change was sent, no answer came, and looking again did not tell. */
    public static final Outcome UNKNOWN = new Outcome("unknown");
    /** It was not tried, because of an earlier step. */
    public static final Outcome NOT_REACHED = new Outcome("not reached");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public Outcome {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
