package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.ItemReader;
import io.fabricmirror.fabric.internal.LongOperations;
import io.fabricmirror.fabric.internal.Transport;
import java.util.List;
import java.util.UUID;

/**
 * The calls about items of any kind. Thread-safe.
 *
 * <p>Source of permissions, limits and errors: <a href="https://learn.microsoft.com/rest/api/fabric/core/items">Microsoft's
 * reference</a>, as of August 2026.
 */
public final class Items {
    private final Transport transport;
    private final LongOperations operations;

    Items(Transport transport) {
        this.transport = transport;
        this.operations = new LongOperations(transport);
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
        return transport.pages(listRequest(workspaceId), "value", ItemReader::item);
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
        return transport.pages(listRequest(workspaceId).query("type", type.value()), "value", ItemReader::item);
    }

    private static FabricRequest listRequest(UUID workspaceId) {
        return FabricRequest.get("list items of workspace " + workspaceId, "workspaces", workspaceId, "items");
    }

    /**
     * Reads an item.
     *
     * <p>Permissions: read on the item.
     *
     * <p>Errors: {@code ItemNotFound}.
     *
     * @param workspaceId the workspace
     * @param itemId the item
     * @return the item
     */
    public Item get(UUID workspaceId, UUID itemId) {
        FabricRequest request = FabricRequest.get("read item " + itemId, "workspaces", workspaceId, "items", itemId);
        return transport.call(request, ItemReader::item);
    }

    /**
     * Lists the connections that an item uses.
     *
     * <p>Permissions: read and write on the item, although nothing is written.
     *
     * <p>Errors: {@code ItemNotFound}.
     *
     * @param workspaceId the workspace
     * @param itemId the item
     * @return the connections, those without an id included
     */
    public List<ItemConnection> connections(UUID workspaceId, UUID itemId) {
        FabricRequest request = FabricRequest.get(
                "list connections of item " + itemId, "workspaces", workspaceId, "items", itemId, "connections");
        return transport.pages(request, "value", ItemReader::connection);
    }

    /**
     * Reads the definition of an item.
     *
     * <p>Permissions: read and write on the item, although nothing is written. Limit: not for items with a protected label.
     *
     * <p>Errors: {@code OperationNotSupportedForItem}.
     *
     * @param workspaceId the workspace
     * @param itemId the item
     * @return the definition
     */
    public ItemDefinition definition(UUID workspaceId, UUID itemId) {
        FabricRequest request = FabricRequest.read(
                "read definition of item " + itemId, "workspaces", workspaceId, "items", itemId, "getDefinition");
        return operations.call(request, ItemReader::definitionAnswer);
    }

    /**
     * Replaces the definition of an item; its name and description stay.
     *
     * <p>Permissions: read and write on the item.
     *
     * <p>Errors: {@code OperationNotSupportedForItem}, {@code CorruptedPayload}.
     *
     * @param workspaceId the workspace
     * @param itemId the item
     * @param definition the whole definition
     */
    public void updateDefinition(UUID workspaceId, UUID itemId, ItemDefinition definition) {
        operations.run(updateRequest(workspaceId, itemId, definition));
    }

    /**
     * Replaces the definition of an item, its name and description included, which the part {@link ItemDefinition#PLATFORM} gives.
     *
     * <p>Permissions: read and write on the item.
     *
     * <p>Errors: {@code OperationNotSupportedForItem}, {@code CorruptedPayload}.
     *
     * @param workspaceId the workspace
     * @param itemId the item
     * @param definition the whole definition
     */
    public void updateDefinitionAndMetadata(UUID workspaceId, UUID itemId, ItemDefinition definition) {
        operations.run(updateRequest(workspaceId, itemId, definition).query("updateMetadata", "true"));
    }

    private static FabricRequest updateRequest(UUID workspaceId, UUID itemId, ItemDefinition definition) {
        return FabricRequest.set(
                        "update definition of item " + itemId,
                        "workspaces",
                        workspaceId,
                        "items",
                        itemId,
                        "updateDefinition")
                .body(ItemReader.body(definition));
    }

    /**
     * Deletes an item; where the tenant keeps deleted items, it can be restored for a while.
     *
     * <p>Permissions: write on the item.
     *
     * <p>Errors: {@code ItemNotFound}, {@code InsufficientWorkspaceRole}, {@code FeatureNotAvailable},
     * {@code UnsupportedItemType}, {@code TenantSwitchDisabled}, {@code InvalidTargetItemStateForSoftDeletion},
     * {@code InvalidParentItemStateForSoftDeletion}.
     *
     * @param workspaceId the workspace
     * @param itemId the item
     */
    public void delete(UUID workspaceId, UUID itemId) {
        transport.send(FabricRequest.delete("delete item " + itemId, "workspaces", workspaceId, "items", itemId));
    }
}
