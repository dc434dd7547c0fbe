package io.fabricmirror.fabric;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where workspace and Git differ.
 *
 * @param workspaceHead the commit the workspace was last brought to; empty text if none
 * @param remoteCommit the newest commit of the branch; empty text if none
 * @param changes the items that differ
 */
public record GitStatus(String workspaceHead, String remoteCommit, List<Change> changes) {
    /**
     * Rejects missing values and copies the list.
     *
     * @param workspaceHead must not be null
     * @param remoteCommit must not be null
     * @param changes must not be null
     */
    public GitStatus {
        Objects.requireNonNull(workspaceHead, "workspaceHead");
        Objects.requireNonNull(remoteCommit, "remoteCommit");
        changes = List.copyOf(changes);
    }

    /**
     * An item that differs.
     *
     * @param itemType its kind
     * @param displayName its name; empty text if not told
     * @param objectId its id in the workspace, or null if it is not there
     * @param logicalId its id in Git, or null if it is not there
     * @param workspaceChange what happened in the workspace, or null for nothing
     * @param remoteChange what happened in Git, or null for nothing
     * @param conflict how both relate
     */
    public record Change(
            ItemType itemType,
            String displayName,
            @Nullable UUID objectId,
            @Nullable UUID logicalId,
            @Nullable GitChangeType workspaceChange,
            @Nullable GitChangeType remoteChange,
            GitConflict conflict) {
        /**
         * Rejects missing values.
         *
         * @param itemType must not be null
         * @param displayName must not be null
         * @param objectId the id, or null
         * @param logicalId the id, or null
         * @param workspaceChange what, or null
         * @param remoteChange what, or null
         * @param conflict must not be null
         */
        public Change {
            Objects.requireNonNull(itemType, "itemType");
            Objects.requireNonNull(displayName, "displayName");
            Objects.requireNonNull(conflict, "conflict");
        }
    }
}
