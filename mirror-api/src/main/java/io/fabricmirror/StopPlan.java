package io.fabricmirror;

import java.util.Objects;

/**
 * Wants a mirror stopped. The copy stays in OneLake as it is, the source holds no WAL back any more, and starting again copies every
 * table anew. A mirror that does not exist is stopped. Immutable; comes from {@link MirrorPlan#stop()}.
 *
 * @param mirror the mirror, as its plan describes it
 */
public record StopPlan(MirrorPlan mirror) implements Plan {
    /**
     * Rejects a missing value.
     *
     * @param mirror must not be null
     */
    public StopPlan {
        Objects.requireNonNull(mirror, "mirror");
    }

    @Override
    public String name() {
        return mirror.name();
    }

    /** Returns the plan on one line. */
    @Override
    public String toString() {
        return "stop " + mirror;
    }
}
