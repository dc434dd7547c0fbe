package io.fabricmirror;

/** How far a run goes before it is content. */
public enum Milestone {
    /** Mirroring is Running; rows may still be on their way. */
    STARTED,
    /** Every wanted table replicates, with rows where the source has rows. */
    REPLICATING
}
