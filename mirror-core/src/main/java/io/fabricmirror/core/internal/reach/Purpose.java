package io.fabricmirror.core.internal.reach;

/** What a way is for; what is right for one purpose need not be for another. */
public enum Purpose {
    /** Mirroring: Fabric logs in to the server, the server writes to OneLake. */
    MIRROR
}
