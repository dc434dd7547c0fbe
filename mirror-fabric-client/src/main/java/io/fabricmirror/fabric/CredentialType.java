package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * How a connection signs in to its source. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record CredentialType(String value) {
    /** User name and password; the only one that PostgreSQL connections accept through the API. */
    public static final CredentialType BASIC = new CredentialType("Basic");

    /** A person signed in; listed for PostgreSQL, but not accepted by the API. */
    public static final CredentialType OAUTH2 = new CredentialType("OAuth2");

    /** An application. */
    public static final CredentialType SERVICE_PRINCIPAL = new CredentialType("ServicePrincipal");

    /** A Windows account; for on-premises gateways. */
    public static final CredentialType WINDOWS = new CredentialType("Windows");

    /** The identity of the workspace. */
    public static final CredentialType WORKSPACE_IDENTITY = new CredentialType("WorkspaceIdentity");

    /** An account key. */
    public static final CredentialType KEY = new CredentialType("Key");

    /** Nobody. */
    public static final CredentialType ANONYMOUS = new CredentialType("Anonymous");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public CredentialType {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
