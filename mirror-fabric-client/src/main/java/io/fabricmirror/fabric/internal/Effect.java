package io.fabricmirror.fabric.internal;

/** What sending a request twice does; each operation declares one. */
public enum Effect {
    /** Changes nothing, whatever its HTTP method says: Fabric reads some states by POST. */
    READ,
    /** Sets a state; twice is the same as once. */
    IDEMPOTENT,
    /** Does something each time it arrives, so it is sent again only if the service surely did nothing. */
    CREATE
}
