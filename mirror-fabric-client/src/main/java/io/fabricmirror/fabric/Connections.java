package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.ConnectionReader;
import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.LongOperations;
import io.fabricmirror.fabric.internal.Roles;
import io.fabricmirror.fabric.internal.Transport;
import java.util.List;
import java.util.UUID;

/**
 * The calls about connections to data sources. Thread-safe.
 *
 * <p>Source of permissions, limits and errors: <a href="https://learn.microsoft.com/rest/api/fabric/core/connections">Microsoft's
 * reference</a>, as of August 2026.
 */
public final class Connections {
    private final Transport transport;
    private final LongOperations operations;
    private final GatewayCredentials gatewayCredentials;

    Connections(Transport transport) {
        this.transport = transport;
        this.operations = new LongOperations(transport);
        this.gatewayCredentials = new GatewayCredentials(new Gateways(transport));
    }

    /**
     * Lists the kinds of source that cloud connections can be created for; about 250, in one answer. Names change: read them
     * rather than writing them down, but not more than once a day.
     *
     * <p>Permissions: none.
     *
     * @return the kinds, with their recommended creation methods
     */
    public List<ConnectionType> supportedTypes() {
        FabricRequest request = FabricRequest.get("list connection types", "connections", "supportedConnectionTypes");
        return transport.pages(request, "value", ConnectionReader::type);
    }

    /**
     * Lists the kinds of source that connections through a gateway can be created for.
     *
     * <p>Permissions: any role on the gateway.
     *
     * @param gatewayId the gateway
     * @return the kinds, with their recommended creation methods
     */
    public List<ConnectionType> supportedTypes(UUID gatewayId) {
        FabricRequest request = FabricRequest.get(
                        "list connection types of gateway " + gatewayId, "connections", "supportedConnectionTypes")
                .query("gatewayId", gatewayId.toString());
        return transport.pages(request, "value", ConnectionReader::type);
    }

    /**
     * Lists the connections the caller may use. Others exist, and their names are taken.
     *
     * <p>Permissions: any role on each connection.
     *
     * @return the connections
     */
    public List<Connection> list() {
        FabricRequest request = FabricRequest.get("list connections", "connections");
        return transport.pages(request, "value", ConnectionReader::connection);
    }

    /**
     * Reads a connection.
     *
     * <p>Permissions: any role on the connection, or admin of its gateway.
     *
     * <p>Errors: {@code EntityNotFound}.
     *
     * @param connectionId the connection
     * @return the connection
     */
    public Connection get(UUID connectionId) {
        FabricRequest request = FabricRequest.get("read connection " + connectionId, "connections", connectionId);
        return transport.call(request, ConnectionReader::connection);
    }

    /**
     * Creates a connection. The service tests it first, so its source must be reachable from Fabric.
     *
     * <p>Permissions: a service principal needs the tenant setting that lets it create connections; a gateway asks for the role
     * to create connections on it. Limits: a name of 200 characters; PostgreSQL takes user name and password only. There is no
     * way to make this call idempotent: names are unique in the tenant, and a second call is answered with
     * {@link FabricErrorCode#DUPLICATE_CONNECTION_NAME}.
     *
     * <p>Errors: {@code DuplicateConnectionName}, {@code InvalidConnectionDetails}, {@code InvalidCredentialDetails},
     * {@code IncorrectCredentials}, {@code CreateGatewayConnectionFailed}.
     *
     * @param connection what to create
     * @return the connection, which only the caller sees until it is shared
     */
    public Connection create(NewConnection connection) {
        FabricRequest request = FabricRequest.create("create connection " + connection.displayName(), "connections")
                .body(connection.json(gatewayCredentials))
                .secrets(connection.secrets());
        return transport.call(request, ConnectionReader::connection);
    }

    /**
     * Changes a connection. New credentials are tested first; their kind stays, and so does what the connection points at.
     *
     * <p>Permissions: owner of the connection, or admin of its gateway.
     *
     * <p>Errors: {@code EntityNotFound}, {@code InsufficientPermissionsToManageConnection}, {@code DuplicateConnectionName},
     * {@code IncorrectCredentials}, {@code UpdateGatewayConnectionFailed}.
     *
     * @param connection the connection as it is
     * @param update what to change
     * @return the connection
     */
    public Connection update(Connection connection, ConnectionUpdate update) {
        FabricRequest request = FabricRequest.patch(
                        "update connection " + connection.displayName(), "connections", connection.id())
                .body(update.json(connection, gatewayCredentials))
                .secrets(update.secrets());
        return transport.call(request, ConnectionReader::connection);
    }

    /**
     * Replaces the credentials of a connection in place, encrypted and tested.
     *
     * <p>Permissions: owner of the connection, or admin of its gateway.
     *
     * @param connection the connection as it is
     * @param credentials the new credentials, of the kind it has
     * @return the connection
     */
    public Connection updateCredentials(Connection connection, Credentials credentials) {
        return update(
                connection, ConnectionUpdate.builder().credentials(credentials).build());
    }

    /**
     * Tests a connection from where Fabric is; takes some seconds.
     *
     * <p>Permissions: any role on the connection, or admin of its gateway.
     *
     * <p>Errors: {@code EntityNotFound}, {@code InsufficientPermissionsToManageConnection}, {@code IncorrectCredentials}.
     *
     * @param connectionId the connection
     * @return what was found
     */
    public ConnectionTestResult test(UUID connectionId) {
        FabricRequest request =
                FabricRequest.read("test connection " + connectionId, "connections", connectionId, "testConnection");
        return operations.call(request, ConnectionReader::test);
    }

    /**
     * Deletes a connection; items that use it stop working. One that is gone already is an error of the service.
     *
     * <p>Permissions: owner of the connection, or admin of its gateway.
     *
     * <p>Errors: {@code EntityNotFound}, {@code InsufficientPermissionsToManageConnection}.
     *
     * @param connectionId the connection
     */
    public void delete(UUID connectionId) {
        transport.send(FabricRequest.delete("delete connection " + connectionId, "connections", connectionId));
    }

    /**
     * Lists who may use a connection.
     *
     * <p>Permissions: any role on the connection, or admin of its gateway.
     *
     * @param connectionId the connection
     * @return the assignments
     */
    public List<RoleAssignment<ConnectionRole>> roleAssignments(UUID connectionId) {
        return roles(connectionId).list();
    }

    /**
     * Shares a connection. A principal that does not exist is answered with {@link FabricErrorCode#UNKNOWN_ERROR}.
     *
     * <p>Permissions: may share the connection, or admin of its gateway.
     *
     * <p>Errors: {@code BadRequest}.
     *
     * @param connectionId the connection
     * @param principal who
     * @param role the role
     * @return the assignment
     */
    public RoleAssignment<ConnectionRole> addRoleAssignment(
            UUID connectionId, Principal principal, ConnectionRole role) {
        return roles(connectionId).add(principal, role.value());
    }

    /**
     * Changes a role.
     *
     * <p>Permissions: owner of the connection, or admin of its gateway.
     *
     * @param connectionId the connection
     * @param assignmentId the assignment
     * @param role the new role
     * @return the assignment
     */
    public RoleAssignment<ConnectionRole> updateRoleAssignment(
            UUID connectionId, UUID assignmentId, ConnectionRole role) {
        return roles(connectionId).update(assignmentId, role.value());
    }

    /**
     * Takes a role away.
     *
     * <p>Permissions: owner of the connection, or admin of its gateway.
     *
     * @param connectionId the connection
     * @param assignmentId the assignment
     */
    public void deleteRoleAssignment(UUID connectionId, UUID assignmentId) {
        roles(connectionId).delete(assignmentId);
    }

    private Roles<ConnectionRole> roles(UUID connectionId) {
        return new Roles<>(transport, "connections", connectionId, ConnectionRole::new);
    }
}
