package io.fabricmirror;

import java.util.List;
import java.util.Objects;

/**
 * A role in a Fabric workspace. Open: Fabric may add roles, so keep a branch for others. Immutable.
 *
 * @param value the exact text Fabric uses
 */
public record WorkspaceRole(String value) {
    /** May read. */
    public static final WorkspaceRole VIEWER = new WorkspaceRole("Viewer");
    /** May read and write items; the least that a server's identity needs. */
    public static final WorkspaceRole CONTRIBUTOR = new WorkspaceRole("Contributor");
    /** May also share items and add members with lower roles. */
    public static final WorkspaceRole MEMBER = new WorkspaceRole("Member");
    /** May do everything in the workspace. */
    public static final WorkspaceRole ADMIN = new WorkspaceRole("Admin");

    private static final List<WorkspaceRole> ORDER = List.of(VIEWER, CONTRIBUTOR, MEMBER, ADMIN);

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public WorkspaceRole {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Tells whether this role includes what another may do. A role this version does not know includes only itself.
     *
     * @param other the other role
     * @return whether it does
     */
    public boolean includes(WorkspaceRole other) {
        return equals(other) || (ORDER.contains(other) && ORDER.indexOf(this) > ORDER.indexOf(other));
    }

    @Override
    public String toString() {
        return value;
    }
}
