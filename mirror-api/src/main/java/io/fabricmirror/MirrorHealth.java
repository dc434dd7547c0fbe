package io.fabricmirror;

import java.util.Objects;

/**
 * What a mirror's status comes to. Open: later versions may know more.
 *
 * @param value the word, lower case
 */
public record MirrorHealth(String value) {
    /** Every table replicates, and nothing is over a threshold. */
    public static final MirrorHealth REPLICATING = new MirrorHealth("replicating");
    /** Tables are being copied for the first time or anew. */
    public static final MirrorHealth COPYING = new MirrorHealth("copying");
    /** Tables replicate, but some fail, or the source is over a threshold. */
    public static final MirrorHealth TROUBLED = new MirrorHealth("troubled");
    /** The mirror is Running, and no change arrives. */
    public static final MirrorHealth NOT_SYNCING = new MirrorHealth("running but not syncing");
    /** The mirror is stopped, paused, or never started. */
    public static final MirrorHealth NOT_RUNNING = new MirrorHealth("not running");
    /** There is no mirrored database of that name. */
    public static final MirrorHealth ABSENT = new MirrorHealth("absent");
    /** The mirror could not be looked at. */
    public static final MirrorHealth CANNOT_SEE = new MirrorHealth("cannot see");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public MirrorHealth {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
