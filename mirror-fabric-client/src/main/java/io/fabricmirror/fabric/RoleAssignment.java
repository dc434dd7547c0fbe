package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;

/**
 * A role that somebody has.
 *
 * @param <R> whose role it is: {@link WorkspaceRole}, {@link ConnectionRole} or {@link GatewayRole}
 * @param id the assignment; today equal to the id of the principal
 * @param principal who has it
 * @param role the role
 */
public record RoleAssignment<R>(UUID id, Principal principal, R role) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param principal must not be null
     * @param role must not be null
     */
    public RoleAssignment {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(role, "role");
    }
}
