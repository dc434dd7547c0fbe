package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * Where the caller's sign-in to Git comes from. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GitCredentialsSource(String value) {
    /** A Fabric connection; the only one for GitHub and for service principals. */
    public static final GitCredentialsSource CONFIGURED_CONNECTION = new GitCredentialsSource("ConfiguredConnection");

    /** The caller's own sign-in. */
    public static final GitCredentialsSource AUTOMATIC = new GitCredentialsSource("Automatic");

    /** Not set. */
    public static final GitCredentialsSource NONE = new GitCredentialsSource("None");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GitCredentialsSource {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
