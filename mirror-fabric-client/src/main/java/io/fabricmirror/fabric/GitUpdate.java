package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How to bring a workspace to a commit. Immutable. */
public final class GitUpdate {
    private final String remoteCommit;
    private final String workspaceHead;
    private final @Nullable GitPreference conflicts;
    private final boolean overrideItems;

    private GitUpdate(
            String remoteCommit, String workspaceHead, @Nullable GitPreference conflicts, boolean overrideItems) {
        this.remoteCommit = remoteCommit;
        this.workspaceHead = workspaceHead;
        this.conflicts = conflicts;
        this.overrideItems = overrideItems;
    }

    /**
     * Brings the workspace to a commit. If items are in conflict, or would be overridden, the service does not begin.
     *
     * @param remoteCommit the newest commit of the branch, from {@link GitStatus#remoteCommit()}
     * @param workspaceHead the commit the workspace is at, from {@link GitStatus#workspaceHead()}; empty text right after the first
     *     connection
     * @return the update
     */
    public static GitUpdate to(String remoteCommit, String workspaceHead) {
        return new GitUpdate(
                Objects.requireNonNull(remoteCommit, "remoteCommit"),
                Objects.requireNonNull(workspaceHead, "workspaceHead"),
                null,
                false);
    }

    /**
     * Says who wins where items are in conflict.
     *
     * @param preference the side that wins
     * @return a changed copy
     */
    public GitUpdate resolvingConflicts(GitPreference preference) {
        Objects.requireNonNull(preference, "preference");
        return new GitUpdate(remoteCommit, workspaceHead, preference, overrideItems);
    }

    /**
     * Allows items of the workspace to be overridden by new ones from Git.
     *
     * @return a changed copy
     */
    public GitUpdate overridingItems() {
        return new GitUpdate(remoteCommit, workspaceHead, conflicts, true);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("remoteCommitHash", remoteCommit);
        if (!workspaceHead.isEmpty()) {
            json.put("workspaceHead", workspaceHead);
        }
        if (conflicts != null) {
            json.putObject("conflictResolution")
                    .put("conflictResolutionType", "Workspace")
                    .put("conflictResolutionPolicy", conflicts.value());
        }
        if (overrideItems) {
            json.putObject("options").put("allowOverrideItems", true);
        }
        return json;
    }
}
