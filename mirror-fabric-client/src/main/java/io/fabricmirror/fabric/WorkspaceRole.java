package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * What a principal may do in a workspace. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record WorkspaceRole(String value) {
    /** Everything, including roles and deletion. */
    public static final WorkspaceRole ADMIN = new WorkspaceRole("Admin");

    /** May also give others the same role or a lower one. */
    public static final WorkspaceRole MEMBER = new WorkspaceRole("Member");

    /** May read and write items; the least that lets a mirror write its tables. */
    public static final WorkspaceRole CONTRIBUTOR = new WorkspaceRole("Contributor");

    /** May look. */
    public static final WorkspaceRole VIEWER = new WorkspaceRole("Viewer");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public WorkspaceRole {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
