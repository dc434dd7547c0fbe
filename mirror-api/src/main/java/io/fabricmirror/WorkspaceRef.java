package io.fabricmirror;

import java.util.Locale;
import java.util.Objects;

/**
 * Names a Fabric workspace by its id or by its display name. Immutable.
 *
 * @param kind how the workspace is named
 * @param value the id or the name
 */
public record WorkspaceRef(Kind kind, String value) {
    /** How a workspace is named. */
    public enum Kind {
        /** By the workspace's id, a GUID. */
        ID,
        /** By the display name, which Fabric keeps unique in a tenant. */
        NAME
    }

    /**
     * Rejects missing and blank values.
     *
     * @param kind must not be null
     * @param value must not be blank
     */
    public WorkspaceRef {
        Objects.requireNonNull(kind, "kind");
        if (Objects.requireNonNull(value, "value").isBlank()) {
            throw new IllegalArgumentException("the workspace's " + kind.name().toLowerCase(Locale.ROOT) + " is blank");
        }
    }

    /**
     * Names a workspace by id.
     *
     * @param id the GUID
     * @return the reference
     */
    public static WorkspaceRef id(String id) {
        return new WorkspaceRef(Kind.ID, id);
    }

    /**
     * Names a workspace by display name; the comparison is exact.
     *
     * @param name the display name
     * @return the reference
     */
    public static WorkspaceRef named(String name) {
        return new WorkspaceRef(Kind.NAME, name);
    }

    /** Returns the name in quotes, or the id. */
    @Override
    public String toString() {
        return kind == Kind.NAME ? '"' + value + '"' : value;
    }
}
