package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * Where a repository is. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GitProvider(String value) {
    /** Azure DevOps. */
    public static final GitProvider AZURE_DEVOPS = new GitProvider("AzureDevOps");

    /** GitHub. */
    public static final GitProvider GITHUB = new GitProvider("GitHub");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GitProvider {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
