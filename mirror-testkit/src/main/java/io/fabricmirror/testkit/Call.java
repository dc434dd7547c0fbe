package io.fabricmirror.testkit;

import java.util.Objects;

/**
 * An operation of the local Azure, by the name its service's specification gives it. Open: the constants are the ones a
 * test of a mirror asks for; any other name a specification has works too.
 *
 * @param name the operation, for instance {@code Items_CreateMirroredDatabase}
 */
public record Call(String name) {
    /** A token was asked for. */
    public static final Call TOKEN = new Call("Token");

    /** Fabric: workspaces were listed. */
    public static final Call LIST_WORKSPACES = new Call("Workspaces_ListWorkspaces");

    /** Fabric: a principal was given a workspace role. */
    public static final Call ADD_WORKSPACE_ROLE = new Call("Workspaces_AddWorkspaceRoleAssignment");

    /** Fabric: a connection was created. */
    public static final Call CREATE_CONNECTION = new Call("Connections_CreateConnection");

    /** Fabric: a connection's credentials or name were changed. */
    public static final Call UPDATE_CONNECTION = new Call("Connections_UpdateConnection");

    /** Fabric: a mirrored database was created. */
    public static final Call CREATE_MIRRORED_DATABASE = new Call("Items_CreateMirroredDatabase");

    /** Fabric: a mirrored database's definition was replaced. */
    public static final Call UPDATE_DEFINITION = new Call("Items_UpdateMirroredDatabaseDefinition");

    /** Fabric: a mirrored database was deleted. */
    public static final Call DELETE_MIRRORED_DATABASE = new Call("Items_DeleteMirroredDatabase");

    /** Fabric: mirroring was started. */
    public static final Call START_MIRRORING = new Call("Mirroring_StartMirroring");

    /** Fabric: mirroring was stopped. */
    public static final Call STOP_MIRRORING = new Call("Mirroring_StopMirroring");

    /** Fabric: the state of a mirrored database was read. */
    public static final Call GET_MIRRORING_STATUS = new Call("Mirroring_GetMirroringStatus");

    /** Fabric: the states of a mirror's tables were read. */
    public static final Call GET_TABLES_STATUS = new Call("Mirroring_GetTablesMirroringStatus");

    /** ARM: a server was read. */
    public static final Call GET_SERVER = new Call("Servers_Get");

    /** ARM: a server was changed. */
    public static final Call UPDATE_SERVER = new Call("Servers_Update");

    /** ARM: a server was restarted. */
    public static final Call RESTART_SERVER = new Call("Servers_Restart");

    /** ARM: a server parameter was set with PUT. */
    public static final Call PUT_PARAMETER = new Call("Configurations_Put");

    /** ARM: a firewall rule was made or changed. */
    public static final Call PUT_FIREWALL_RULE = new Call("FirewallRules_CreateOrUpdate");

    /** Key Vault: a secret was read. */
    public static final Call GET_SECRET = new Call("GetSecret");

    /** Key Vault: a secret version was stored. */
    public static final Call SET_SECRET = new Call("SetSecret");

    /** Something no specification knows was asked for. */
    public static final Call UNKNOWN = new Call("Unknown");

    /**
     * Rejects a missing name.
     *
     * @param name must not be null
     */
    public Call {
        Objects.requireNonNull(name, "name");
    }
}
