package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * What a principal may do with a connection. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record ConnectionRole(String value) {
    /** May use it. */
    public static final ConnectionRole USER = new ConnectionRole("User");

    /** May use it and share it. */
    public static final ConnectionRole USER_WITH_RESHARE = new ConnectionRole("UserWithReshare");

    /** May change and delete it. */
    public static final ConnectionRole OWNER = new ConnectionRole("Owner");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public ConnectionRole {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
