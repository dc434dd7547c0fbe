package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item of a workspace, of any kind.
 *
 * @param id its id
 * @param type its kind
 * @param displayName its name, unique among items of its kind in the workspace; empty text if not told
 * @param description its description; empty text if it has none
 * @param workspaceId the workspace, or null if not told
 * @param folderId the folder it is in, or null
 */
public record Item(
        UUID id,
        ItemType type,
        String displayName,
        String description,
        @Nullable UUID workspaceId,
        @Nullable UUID folderId) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param type must not be null
     * @param displayName must not be null
     * @param description must not be null
     * @param workspaceId the workspace, or null
     * @param folderId the folder, or null
     */
    public Item {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(description, "description");
    }
}
