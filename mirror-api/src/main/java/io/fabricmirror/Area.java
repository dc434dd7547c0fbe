package io.fabricmirror;

/** A part of the world that somebody else may own: Terraform, a database administrator, another team. */
public enum Area {
    /** The server's parameters, and its restart. */
    PARAMETERS,
    /** The server's identity and sign-in modes. */
    IDENTITY,
    /** The server's lasting firewall rules. */
    FIREWALL,
    /** Roles, grants, owners and everything else inside the database. */
    SQL,
    /** Roles, connections and mirrored databases in Fabric. */
    FABRIC
}
