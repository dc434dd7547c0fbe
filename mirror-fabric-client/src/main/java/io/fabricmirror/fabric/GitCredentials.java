package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Json;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the caller signs in to Git. Each caller has their own for each workspace.
 *
 * @param source where the sign-in comes from
 * @param connectionId the Fabric connection, or null for other sources
 */
public record GitCredentials(
        GitCredentialsSource source, @Nullable UUID connectionId) {
    /**
     * Rejects a missing source.
     *
     * @param source must not be null
     * @param connectionId the connection, or null
     */
    public GitCredentials {
        Objects.requireNonNull(source, "source");
    }

    /**
     * Signs in with a Fabric connection; the only way for GitHub and for service principals.
     *
     * @param connectionId the connection
     * @return the credentials
     */
    public static GitCredentials connection(UUID connectionId) {
        return new GitCredentials(GitCredentialsSource.CONFIGURED_CONNECTION, connectionId);
    }

    /**
     * Signs in as the caller; for people and Azure DevOps.
     *
     * @return the credentials
     */
    public static GitCredentials automatic() {
        return new GitCredentials(GitCredentialsSource.AUTOMATIC, null);
    }

    /**
     * Does not sign in.
     *
     * @return the credentials
     */
    public static GitCredentials none() {
        return new GitCredentials(GitCredentialsSource.NONE, null);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("source", source.value());
        return connectionId == null ? json : json.put("connectionId", connectionId.toString());
    }
}
