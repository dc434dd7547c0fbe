package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * What has to follow once a connection to Git is initialized. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record GitRequiredAction(String value) {
    /** Nothing: both sides are equal. */
    public static final GitRequiredAction NONE = new GitRequiredAction("None");

    /** The workspace has to take what is in Git. */
    public static final GitRequiredAction UPDATE_FROM_GIT = new GitRequiredAction("UpdateFromGit");

    /** Git has to take what is in the workspace. */
    public static final GitRequiredAction COMMIT_TO_GIT = new GitRequiredAction("CommitToGit");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public GitRequiredAction {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
