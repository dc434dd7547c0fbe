package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;

/**
 * Somebody who can have a role.
 *
 * @param id the object id in Microsoft Entra, not the application id
 * @param type the kind
 * @param displayName the name; empty text if the service does not tell
 */
public record Principal(UUID id, PrincipalType type, String displayName) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param type must not be null
     * @param displayName must not be null
     */
    public Principal {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(displayName, "displayName");
    }

    /**
     * Names a person.
     *
     * @param id the object id
     * @return the principal
     */
    public static Principal user(UUID id) {
        return new Principal(id, PrincipalType.USER, "");
    }

    /**
     * Names a group.
     *
     * @param id the object id
     * @return the principal
     */
    public static Principal group(UUID id) {
        return new Principal(id, PrincipalType.GROUP, "");
    }

    /**
     * Names an application or a managed identity.
     *
     * @param id the object id of the service principal
     * @return the principal
     */
    public static Principal servicePrincipal(UUID id) {
        return new Principal(id, PrincipalType.SERVICE_PRINCIPAL, "");
    }
}
