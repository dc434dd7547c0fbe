package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * The kind of a principal. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record PrincipalType(String value) {
    /** A person. */
    public static final PrincipalType USER = new PrincipalType("User");

    /** An application or a managed identity. */
    public static final PrincipalType SERVICE_PRINCIPAL = new PrincipalType("ServicePrincipal");

    /** A security group. */
    public static final PrincipalType GROUP = new PrincipalType("Group");

    /** A profile of a service principal. */
    public static final PrincipalType SERVICE_PRINCIPAL_PROFILE = new PrincipalType("ServicePrincipalProfile");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public PrincipalType {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
