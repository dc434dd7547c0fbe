package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tree of folders in one workspace. Thread-safe. */
final class Folders {
    private final Map<String, Folder> folders = new LinkedHashMap<>();

    record Folder(String id, String displayName, Optional<String> parent) {
        ObjectNode json(String workspaceId) {
            return Json.object(
                    "id", id, "displayName", displayName, "workspaceId", workspaceId, "parentFolderId", parent);
        }
    }

    /** Returns the id in a request, where absent and empty both mean the workspace itself. */
    static Optional<String> id(Optional<String> given) {
        return given.filter(text -> !text.isEmpty());
    }

    synchronized void require(Optional<String> id) {
        id.ifPresent(this::get);
    }

    synchronized Folder get(String id) {
        Folder folder = folders.get(id);
        if (folder == null) {
            throw FabricErrors.refuse(404, "FolderNotFound", "The requested folder was not found in the workspace");
        }
        return folder;
    }

    synchronized Folder add(String name, Optional<String> parent) {
        return put(new Folder(UUID.randomUUID().toString(), name, parent));
    }

    synchronized Folder rename(String id, String name) {
        return put(new Folder(id, name, get(id).parent()));
    }

    private Folder put(Folder folder) {
        boolean taken = folders.values().stream()
                .filter(other -> !other.id().equals(folder.id()))
                .anyMatch(other -> other.parent().equals(folder.parent())
                        && other.displayName().equalsIgnoreCase(folder.displayName()));
        if (taken) {
            throw FabricErrors.refuse(
                    409, "FolderDisplayNameAlreadyInUse", "Requested '" + folder.displayName() + "' is already in use");
        }
        folders.put(folder.id(), folder);
        return folder;
    }

    synchronized void remove(String id) {
        if (folders.values().stream().anyMatch(folder -> folder.parent().equals(Optional.of(id)))) {
            throw notEmpty();
        }
        folders.remove(id);
    }

    static Refusal notEmpty() {
        return FabricErrors.refuse(400, "FolderNotEmpty", "The requested folder was not empty");
    }

    synchronized List<Folder> under(Optional<String> root, boolean deep) {
        return folders.values().stream()
                .filter(folder -> folder.parent().equals(root) || (deep && isUnder(folder, root)))
                .toList();
    }

    private boolean isUnder(Folder folder, Optional<String> root) {
        return folder.parent().equals(root)
                || folder.parent()
                        .map(folders::get)
                        .filter(parent -> isUnder(parent, root))
                        .isPresent();
    }
}
