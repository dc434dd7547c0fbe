package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.ItemReader;
import io.fabricmirror.fabric.internal.Transport;
import java.util.List;
import java.util.UUID;

/** The calls about items of any kind. Thread-safe. */
public final class Items {
    private final Transport transport;

    Items(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists all items of a workspace, folders included.
     *
     * <p>Permissions: viewer of the workspace.
     *
     * @param workspaceId the workspace
     * @return the items
     */
    public List<Item> list(UUID workspaceId) {
        FabricRequest request =
                FabricRequest.get("list items of workspace " + workspaceId, "workspaces", workspaceId, "items");
        return transport.pages(request, "value", ItemReader::item);
    }

    /**
     * Lists the items of one kind.
     *
     * <p>Permissions: viewer of the workspace.
     *
     * @param workspaceId the workspace
     * @param type the kind
     * @return the items
     */
    public List<Item> list(UUID workspaceId, ItemType type) {
        FabricRequest request = FabricRequest.get(
                        "list items of workspace " + workspaceId, "workspaces", workspaceId, "items")
                .query("type", type.value());
        return transport.pages(request, "value", ItemReader::item);
    }

    /**
     * Reads an item.
     *
     * <p>Permissions: read on the item.
     *
     * @param workspaceId the workspace
     * @param itemId the item
     * @return the item
     */
    public Item get(UUID workspaceId, UUID itemId) {
        FabricRequest request = FabricRequest.get("read item " + itemId, "workspaces", workspaceId, "items", itemId);
        return transport.call(request, ItemReader::item);
    }
}
