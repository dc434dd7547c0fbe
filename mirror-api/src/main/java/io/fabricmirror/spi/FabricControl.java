package io.fabricmirror.spi;

import io.fabricmirror.MirrorException;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.TableName;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.WorkspaceRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes what a mirror needs in Microsoft Fabric. Implementations are thread-safe. Texts are the service's own, open to
 * new values.
 *
 * <p>Every method throws {@link MirrorException} if it is refused, with the service's error code and request id, and those that
 * change something {@link OutcomeUnknownException} if the answer is lost.
 */
public interface FabricControl {
    /**
     * Finds a workspace among those the caller may see.
     *
     * @param workspace which workspace
     * @return the workspace with its capacity
     */
    Workspace workspace(WorkspaceRef workspace);

    /**
     * Lists the workspaces the caller may see.
     *
     * @return the workspaces with their capacities
     */
    List<Workspace> workspaces();

    /**
     * Lists who has which role in a workspace.
     *
     * @param workspaceId the workspace
     * @return the assignments
     */
    List<RoleAssignment> roleAssignments(String workspaceId);

    /**
     * Gives a service principal or managed identity a role; while Fabric does not know the principal yet, it waits, at
     * most some minutes.
     *
     * @param workspaceId the workspace
     * @param principalId the object id
     * @param role the role
     */
    void assignRole(String workspaceId, String principalId, WorkspaceRole role);

    /**
     * Changes a role.
     *
     * @param workspaceId the workspace
     * @param assignmentId the assignment
     * @param role the new role
     */
    void changeRole(String workspaceId, String assignmentId, WorkspaceRole role);

    /**
     * Takes a role away. An assignment that is gone already is fine.
     *
     * @param workspaceId the workspace
     * @param assignmentId the assignment
     */
    void removeRole(String workspaceId, String assignmentId);

    /**
     * Finds a gateway among those the caller may see.
     *
     * @param gatewayId the gateway
     * @return the gateway, or empty if none of that id is visible
     */
    Optional<Gateway> gateway(String gatewayId);

    /**
     * Asks a gateway whether it works.
     *
     * @param gatewayId the gateway
     * @return what keeps it from working, in the service's words, or empty if it is online
     */
    default Optional<String> gatewayTrouble(String gatewayId) {
        return Optional.empty();
    }

    /**
     * Lists the connections the caller may see.
     *
     * @return the connections
     */
    List<FabricConnection> connections();

    /**
     * Creates an encrypted, tested PostgreSQL connection with password credentials; its type and creation method are those the
     * service offers.
     *
     * @param connection what to create
     * @return the connection
     */
    FabricConnection createConnection(NewConnection connection);

    /**
     * Replaces the credentials of a connection; the service tests them.
     *
     * @param connection the connection
     * @param user the role
     * @param password its password
     */
    void replaceCredentials(FabricConnection connection, String user, Secret password);

    /**
     * Tests a connection from where Fabric is.
     *
     * @param connectionId the connection
     * @return what is wrong with it, or empty if it works
     */
    Optional<String> testConnection(String connectionId);

    /**
     * Deletes a connection. One that is gone already is fine.
     *
     * @param connection the connection
     */
    void deleteConnection(FabricConnection connection);

    /**
     * Lists the mirrored databases of a workspace.
     *
     * @param workspaceId the workspace
     * @return the mirrored databases
     */
    List<Mirror> mirrors(String workspaceId);

    /**
     * Reads what a mirrored database mirrors.
     *
     * @param mirror the mirrored database
     * @return its definition
     */
    MirrorDefinition definition(Mirror mirror);

    /**
     * Creates a mirrored database.
     *
     * @param workspaceId the workspace
     * @param name its display name
     * @param definition what to mirror
     * @return the mirrored database
     */
    Mirror createMirror(String workspaceId, String name, MirrorDefinition definition);

    /**
     * Changes what a mirrored database mirrors; what this library does not know of the definition is kept.
     *
     * @param mirror the mirrored database
     * @param definition what to mirror
     */
    void changeDefinition(Mirror mirror, MirrorDefinition definition);

    /**
     * Reads the state of a mirrored database.
     *
     * @param mirror the mirrored database
     * @return its state
     */
    MirrorState state(Mirror mirror);

    /**
     * Starts mirroring.
     *
     * @param mirror the mirrored database
     */
    void start(Mirror mirror);

    /**
     * Stops mirroring; returns when the service has taken the order, and the mirror may still be stopping then. What was copied
     * stays in OneLake; starting again copies every table anew.
     *
     * @param mirror the mirrored database
     */
    void stop(Mirror mirror);

    /**
     * Gives a mirrored database another display name; it keeps its id and its data.
     *
     * @param mirror the mirrored database
     * @param name the new display name
     * @return the mirrored database under its new name
     */
    Mirror renameMirror(Mirror mirror, String name);

    /**
     * Deletes a mirrored database with its copy in OneLake. One that is gone already is fine.
     *
     * @param mirror the mirrored database
     */
    void deleteMirror(Mirror mirror);

    /**
     * Lists the state of each table; meaningful while mirroring is running.
     *
     * @param mirror the mirrored database
     * @return the tables
     */
    List<MirroredTable> tables(Mirror mirror);

    /**
     * A workspace.
     *
     * @param id its id
     * @param name its display name
     * @param capacityName the capacity's name; empty text if the workspace has none or the caller may not see it
     * @param capacityState {@code Active} if it can work; empty text if unknown
     */
    record Workspace(String id, String name, String capacityName, String capacityState) {}

    /**
     * A role somebody has.
     *
     * @param id the assignment
     * @param principalId the object id
     * @param role the role
     */
    record RoleAssignment(String id, String principalId, WorkspaceRole role) {}

    /**
     * A gateway.
     *
     * @param id its id
     * @param name its display name; empty text if the service shows none
     * @param type such as {@code VirtualNetwork}
     */
    record Gateway(String id, String name, String type) {}

    /**
     * A connection.
     *
     * @param id its id
     * @param name its display name
     * @param connectivity such as {@code ShareableCloud}
     * @param gatewayId the gateway, if it goes through one
     * @param type the kind of source
     * @param path what it points at, for PostgreSQL {@code server;database}
     * @param credentialType how it signs in, such as {@code Basic}; empty text if not told
     */
    record FabricConnection(
            String id,
            String name,
            String connectivity,
            @Nullable String gatewayId,
            String type,
            String path,
            String credentialType) {}

    /**
     * A connection to create.
     *
     * @param name its display name
     * @param gatewayId the gateway, if it goes through one
     * @param host the server's full name
     * @param database the database
     * @param user the role
     * @param password its password
     */
    record NewConnection(
            String name, @Nullable String gatewayId, String host, String database, String user, Secret password) {}

    /**
     * A mirrored database.
     *
     * @param workspaceId its workspace
     * @param id its id
     * @param name its display name
     */
    record Mirror(String workspaceId, String id, String name) {}

    /**
     * What a mirrored database mirrors.
     *
     * @param connectionId the connection; empty text if the definition names none
     * @param database the database
     * @param tables the tables; null if Fabric follows them all
     * @param defaultSchema the schema setting; null if the definition has none, or if it is to stay as it is
     * @param retentionDays how long Fabric keeps history of the copy; null if the definition does not say, or if it is to stay
     */
    record MirrorDefinition(
            String connectionId,
            String database,
            @Nullable List<TableName> tables,
            @Nullable String defaultSchema,
            @Nullable Integer retentionDays) {
        /**
         * Copies the list.
         *
         * @param connectionId the connection
         * @param database the database
         * @param tables the tables, or null
         * @param defaultSchema the schema setting, or null
         * @param retentionDays days, or null
         */
        public MirrorDefinition {
            tables = tables == null ? null : List.copyOf(tables);
        }

        /**
         * Leaves schema and retention as they are.
         *
         * @param connectionId the connection
         * @param database the database
         * @param tables the tables, or null
         */
        public MirrorDefinition(String connectionId, String database, @Nullable List<TableName> tables) {
            this(connectionId, database, tables, null, null);
        }
    }

    /**
     * The state of a mirrored database.
     *
     * @param status such as {@code Running}
     * @param error what the service says is wrong; empty text if nothing
     */
    record MirrorState(String status, String error) {
        /** Being made; cannot be started yet. */
        public static final String INITIALIZING = "Initializing";
        /** Ready to be started for the first time. */
        public static final String INITIALIZED = "Initialized";
        /** On its way to running. */
        public static final String STARTING = "Starting";
        /** Running, which does not say that rows arrive. */
        public static final String RUNNING = "Running";
        /** On its way to stopped. */
        public static final String STOPPING = "Stopping";
        /** Stopped; starting again copies every table anew. */
        public static final String STOPPED = "Stopped";
        /** Held because the capacity was paused. */
        public static final String PAUSED = "Paused";
    }

    /**
     * The state of a table in the mirror.
     *
     * @param table the table
     * @param state such as {@code Replicating}
     * @param processedRows rows processed since the start, snapshot and changes
     * @param error what the service says is wrong; empty text if nothing
     * @param lastSync when the service last processed something of it; null if it does not say
     * @param lag time between commit at the source and in the copy, for the last change; null if the service does not say
     */
    record MirroredTable(
            TableName table,
            String state,
            long processedRows,
            String error,
            @Nullable Instant lastSync,
            @Nullable Duration lag) {}
}
