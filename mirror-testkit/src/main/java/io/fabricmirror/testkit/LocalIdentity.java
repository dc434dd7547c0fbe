package io.fabricmirror.testkit;

import java.util.Objects;

/**
 * A principal of the local tenant: a person, a group, an application or a server's managed identity.
 *
 * @param id the object id
 * @param displayName the name shown
 * @param type {@code User}, {@code Group} or {@code ServicePrincipal}, as Fabric spells it
 */
public record LocalIdentity(String id, String displayName, String type) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param displayName must not be null
     * @param type must not be null
     */
    public LocalIdentity {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(type, "type");
    }
}
