package io.fabricmirror;

import java.util.Objects;

/**
 * Wants nothing left that belongs to no mirror: openings of runs that did not end in time, slot and publication of a mirror of this
 * database that is gone, connections that bear this library's name for this server and role and that no visible mirrored database
 * uses. What somebody reads or uses stays. Immutable; comes from {@link MirrorPlan#sweep()}.
 *
 * @param mirror the mirror whose server, database and role are swept, as its plan describes it; it may be there or not
 */
public record SweepPlan(MirrorPlan mirror) implements Plan {
    /**
     * Rejects a missing value.
     *
     * @param mirror must not be null
     */
    public SweepPlan {
        Objects.requireNonNull(mirror, "mirror");
    }

    @Override
    public String name() {
        return mirror.name();
    }

    /** Returns the plan on one line. */
    @Override
    public String toString() {
        return "sweep after " + mirror;
    }
}
