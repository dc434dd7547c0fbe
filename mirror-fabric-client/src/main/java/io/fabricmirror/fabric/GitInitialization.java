package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * What has to follow once a connection to Git is initialized.
 *
 * @param requiredAction what to do next
 * @param workspaceHead the commit the workspace is equal to; empty text if none
 * @param remoteCommit the newest commit of the branch; empty text if none
 */
public record GitInitialization(GitRequiredAction requiredAction, String workspaceHead, String remoteCommit) {
    /**
     * Rejects missing values.
     *
     * @param requiredAction must not be null
     * @param workspaceHead must not be null
     * @param remoteCommit must not be null
     */
    public GitInitialization {
        Objects.requireNonNull(requiredAction, "requiredAction");
        Objects.requireNonNull(workspaceHead, "workspaceHead");
        Objects.requireNonNull(remoteCommit, "remoteCommit");
    }
}
