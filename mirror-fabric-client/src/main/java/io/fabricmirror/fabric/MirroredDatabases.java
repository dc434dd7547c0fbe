package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.ItemReader;
import io.fabricmirror.fabric.internal.Json;
import io.fabricmirror.fabric.internal.LongOperations;
import io.fabricmirror.fabric.internal.MirrorReader;
import io.fabricmirror.fabric.internal.Transport;
import java.util.List;
import java.util.UUID;

/**
 * The calls about mirrored databases. Thread-safe.
 *
 * <p>Source of permissions, limits and errors: <a href="https://learn.microsoft.com/rest/api/fabric/mirroreddatabase/items">Microsoft's
 * reference</a>, as of August 2026.
 */
public final class MirroredDatabases {
    private static final String PATH = "mirroredDatabases";

    private final Transport transport;
    private final LongOperations operations;

    MirroredDatabases(Transport transport) {
        this.transport = transport;
        this.operations = new LongOperations(transport);
    }

    /**
     * Lists the mirrored databases of a workspace, those in folders included.
     *
     * <p>Permissions: viewer of the workspace.
     *
     * @param workspaceId the workspace
     * @return the mirrored databases
     */
    public List<MirroredDatabase> list(UUID workspaceId) {
        FabricRequest request = FabricRequest.get(
                "list mirrored databases of workspace " + workspaceId, "workspaces", workspaceId, PATH);
        return transport.pages(request, "value", MirrorReader::mirroredDatabase);
    }

    /**
     * Reads a mirrored database.
     *
     * <p>Permissions: read on the item.
     *
     * <p>Errors: {@code ItemNotFound}.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     * @return the mirrored database
     */
    public MirroredDatabase get(UUID workspaceId, UUID id) {
        FabricRequest request = FabricRequest.get("read mirrored database " + id, "workspaces", workspaceId, PATH, id);
        return transport.call(request, MirrorReader::mirroredDatabase);
    }

    /**
     * Creates a mirrored database; it begins as {@link MirroringState#INITIALIZING} and is not started. If Fabric holds the name
     * because an item of that name was deleted, this waits, within {@link FabricLimits#heldName()}.
     *
     * <p>Permissions: contributor of the workspace, and use of the connection. The workspace must be on an active capacity.
     * Limits: description of 256 characters; 500 tables of PostgreSQL.
     * The item belongs to the caller for good: mirrored databases do not change owners, and work no longer when theirs is gone.
     *
     * <p>Errors: {@code InvalidItemType}, {@code ItemDisplayNameAlreadyInUse}, {@code CorruptedPayload},
     * {@code WorkspaceItemsLimitExceeded}.
     *
     * @param workspaceId the workspace
     * @param mirror what to create
     * @return the mirrored database
     */
    public MirroredDatabase create(UUID workspaceId, NewMirroredDatabase mirror) {
        FabricRequest request = FabricRequest.create(
                        "create mirrored database " + mirror.displayName(), "workspaces", workspaceId, PATH)
                .body(mirror.json());
        return transport.callAwaitingName(request, MirrorReader::mirroredDatabase);
    }

    /**
     * Renames a mirrored database; its id stays.
     *
     * <p>Permissions: read and write on the item.
     *
     * <p>Errors: {@code ItemNotFound}, {@code InvalidRequest}.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     * @param displayName the new name
     * @return the mirrored database
     */
    public MirroredDatabase rename(UUID workspaceId, UUID id, String displayName) {
        return patch(
                "rename mirrored database " + id + " to " + displayName, workspaceId, id, "displayName", displayName);
    }

    /**
     * Changes the description of a mirrored database.
     *
     * <p>Permissions: read and write on the item.
     *
     * <p>Errors: {@code ItemNotFound}, {@code InvalidRequest}.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     * @param description the description, at most 256 characters
     * @return the mirrored database
     */
    public MirroredDatabase describe(UUID workspaceId, UUID id, String description) {
        return patch("describe mirrored database " + id, workspaceId, id, "description", description);
    }

    private MirroredDatabase patch(String what, UUID workspaceId, UUID id, String field, String value) {
        FabricRequest request = FabricRequest.patch(what, "workspaces", workspaceId, PATH, id)
                .body(Json.object().put(field, value));
        return transport.callAwaitingName(request, MirrorReader::mirroredDatabase);
    }

    /**
     * Deletes a mirrored database with the data in OneLake; where the tenant keeps deleted items, it can be restored for a while. Its
     * name stays held for some minutes.
     *
     * <p>Permissions: write on the item.
     *
     * <p>Errors: {@code ItemNotFound}, {@code InsufficientWorkspaceRole}, {@code FeatureNotAvailable},
     * {@code UnsupportedItemType}, {@code TenantSwitchDisabled}, {@code InvalidTargetItemStateForSoftDeletion},
     * {@code InvalidParentItemStateForSoftDeletion}.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     */
    public void delete(UUID workspaceId, UUID id) {
        transport.send(FabricRequest.delete("delete mirrored database " + id, "workspaces", workspaceId, PATH, id));
    }

    /**
     * Deletes a mirrored database with the data in OneLake for good.
     *
     * <p>Permissions: admin of the workspace.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     */
    public void deletePermanently(UUID workspaceId, UUID id) {
        transport.send(FabricRequest.delete(
                        "delete mirrored database " + id + " permanently", "workspaces", workspaceId, PATH, id)
                .query("hardDelete", "true"));
    }

    /**
     * Reads what a mirrored database mirrors. The service writes {@code mirroring.json} in its own layout: compare what it says,
     * not its bytes.
     *
     * <p>Permissions: read and write on the item, although nothing is written.
     *
     * <p>Errors: {@code OperationNotSupportedForItem}.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     * @return the definition
     */
    public ItemDefinition definition(UUID workspaceId, UUID id) {
        FabricRequest request = FabricRequest.read(
                "read definition of mirrored database " + id, "workspaces", workspaceId, PATH, id, "getDefinition");
        return operations.call(request, ItemReader::definitionAnswer);
    }

    /**
     * Replaces what a mirrored database mirrors. Read the definition, change it and send it, so that nothing gets lost.
     *
     * <p>Permissions: read and write on the item. Connection, database and default schema may change only while the state is
     * {@link MirroringState#INITIALIZED} or {@link MirroringState#STOPPED}, or this is refused with
     * {@link FabricErrorCode#OPERATION_NOT_ALLOWED_NOW}; tables at any time. The copy of a table that is left out is deleted.
     * Limit: 500 tables of PostgreSQL.
     *
     * <p>Errors: {@code OperationNotSupportedForItem}, {@code CorruptedPayload}.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     * @param definition the whole definition
     */
    public void updateDefinition(UUID workspaceId, UUID id, ItemDefinition definition) {
        operations.run(FabricRequest.set(
                        "update definition of mirrored database " + id,
                        "workspaces",
                        workspaceId,
                        PATH,
                        id,
                        "updateDefinition")
                .body(ItemReader.body(definition)));
    }

    /**
     * Starts mirroring. Returns at once; the state then is {@link MirroringState#STARTING}. After a stop this copies every table
     * anew. Refused with {@link FabricErrorCode#OPERATION_NOT_ALLOWED_NOW} while {@link MirroringState#INITIALIZING}.
     *
     * <p>Permissions: read and write on the item. The identity of the source server needs a role that lets it write into the
     * workspace, or nothing arrives.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     */
    public void start(UUID workspaceId, UUID id) {
        transport.send(FabricRequest.create(
                "start mirrored database " + id, "workspaces", workspaceId, PATH, id, "startMirroring"));
    }

    /**
     * Stops mirroring. Returns at once; the state then is {@link MirroringState#STOPPING}. What was copied stays. It is no pause: the next start copies
     * every table anew.
     *
     * <p>Permissions: read and write on the item.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     */
    public void stop(UUID workspaceId, UUID id) {
        transport.send(FabricRequest.create(
                "stop mirrored database " + id, "workspaces", workspaceId, PATH, id, "stopMirroring"));
    }

    /**
     * Reads how a mirrored database is.
     *
     * <p>Permissions: read on the item.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     * @return its status
     */
    public MirroringStatus status(UUID workspaceId, UUID id) {
        FabricRequest request = FabricRequest.read(
                "read status of mirrored database " + id, "workspaces", workspaceId, PATH, id, "getMirroringStatus");
        return transport.call(request, MirrorReader::status);
    }

    /**
     * Reads how each table is; none unless the mirrored database is running.
     *
     * <p>Permissions: read on the item.
     *
     * @param workspaceId the workspace
     * @param id the mirrored database
     * @return the tables
     */
    public List<TableMirroringStatus> tablesStatus(UUID workspaceId, UUID id) {
        FabricRequest request = FabricRequest.read(
                "read tables of mirrored database " + id,
                "workspaces",
                workspaceId,
                PATH,
                id,
                "getTablesMirroringStatus");
        return transport.pages(request, "data", MirrorReader::table);
    }
}
