package io.fabricmirror.core.internal.reach;

/** One end of a way. */
public enum End {
    /** Microsoft Fabric, which has no fixed addresses. */
    FABRIC,
    /** The PostgreSQL server. */
    SERVER,
    /** Where Fabric keeps data. */
    ONELAKE
}
