package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.GatewayReader;
import io.fabricmirror.fabric.internal.LongOperations;
import io.fabricmirror.fabric.internal.Roles;
import io.fabricmirror.fabric.internal.Transport;
import java.util.List;
import java.util.UUID;

/**
 * The calls about data gateways. Thread-safe.
 *
 * <p>Source of permissions, limits and errors: <a href="https://learn.microsoft.com/rest/api/fabric/core/gateways">Microsoft's
 * reference</a>, as of August 2026.
 */
public final class Gateways {
    private final Transport transport;

    Gateways(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists the gateways the caller has a role on, of every kind.
     *
     * <p>Permissions: any role on each gateway.
     *
     * @return the gateways
     */
    public List<Gateway> list() {
        return transport.pages(FabricRequest.get("list gateways", "gateways"), "value", GatewayReader::gateway);
    }

    /**
     * Reads a gateway.
     *
     * <p>Permissions: any role on the gateway.
     *
     * <p>Errors: {@code EntityNotFound}.
     *
     * @param gatewayId the gateway
     * @return the gateway
     */
    public Gateway get(UUID gatewayId) {
        FabricRequest request = FabricRequest.get("read gateway " + gatewayId, "gateways", gatewayId);
        return transport.call(request, GatewayReader::gateway);
    }

    /**
     * Lists the machines of an on-premises gateway. Gateways in virtual networks have a number of members only.
     *
     * <p>Permissions: any role on the gateway.
     *
     * <p>Errors: {@code EntityNotFound}.
     *
     * @param gatewayId the gateway
     * @return the machines
     */
    public List<GatewayMember> members(UUID gatewayId) {
        FabricRequest request =
                FabricRequest.get("list members of gateway " + gatewayId, "gateways", gatewayId, "members");
        return transport.pages(request, "value", GatewayReader::member);
    }

    /**
     * Creates a gateway in a virtual network; takes about a quarter of a minute.
     *
     * <p>Permissions: may use the capacity, which must be an active Fabric capacity, and the subnet. The caller becomes its
     * admin. Limits: a name of 200 characters, unique in the tenant; 9 members.
     *
     * <p>Errors: {@code DuplicateGatewayName}, {@code InvalidCapacityState}, {@code InvalidCapacitySKU},
     * {@code PowerPlatformVirtualNetworkSubnetNotConfiguredForDelegation}.
     *
     * @param gateway what to create
     * @return the gateway
     */
    public Gateway create(NewGateway gateway) {
        FabricRequest request = FabricRequest.create("create gateway " + gateway.displayName(), "gateways")
                .body(gateway.json());
        return transport.call(request, GatewayReader::gateway);
    }

    /**
     * Deletes a gateway with the connections on it.
     *
     * <p>Permissions: admin of the gateway.
     *
     * <p>Errors: {@code EntityNotFound}, {@code InsufficientPermissionsToManageGateway}.
     *
     * @param gatewayId the gateway
     */
    public void delete(UUID gatewayId) {
        transport.send(FabricRequest.delete("delete gateway " + gatewayId, "gateways", gatewayId));
    }

    /**
     * Finds out whether a gateway works; takes some seconds.
     *
     * <p>Permissions: any role on the gateway.
     *
     * @param gatewayId the gateway
     * @return how it is
     */
    public GatewayStatus checkStatus(UUID gatewayId) {
        FabricRequest request = FabricRequest.read("check gateway " + gatewayId, "gateways", gatewayId, "checkStatus");
        return new LongOperations(transport).call(request, GatewayReader::status);
    }

    /**
     * Lists who may use a gateway.
     *
     * <p>Permissions: any role on the gateway.
     *
     * @param gatewayId the gateway
     * @return the assignments
     */
    public List<RoleAssignment<GatewayRole>> roleAssignments(UUID gatewayId) {
        return roles(gatewayId).list();
    }

    /**
     * Lets somebody use a gateway. A principal that does not exist is answered with {@link FabricErrorCode#UNKNOWN_ERROR}.
     *
     * <p>Permissions: {@link GatewayRole#CONNECTION_CREATOR_WITH_RESHARING} on the gateway.
     *
     * <p>Errors: {@code BadRequest}.
     *
     * @param gatewayId the gateway
     * @param principal who
     * @param role the role
     * @return the assignment
     */
    public RoleAssignment<GatewayRole> addRoleAssignment(UUID gatewayId, Principal principal, GatewayRole role) {
        return roles(gatewayId).add(principal, role.value());
    }

    /**
     * Changes a role.
     *
     * <p>Permissions: admin of the gateway.
     *
     * @param gatewayId the gateway
     * @param assignmentId the assignment
     * @param role the new role
     * @return the assignment
     */
    public RoleAssignment<GatewayRole> updateRoleAssignment(UUID gatewayId, UUID assignmentId, GatewayRole role) {
        return roles(gatewayId).update(assignmentId, role.value());
    }

    /**
     * Takes a role away.
     *
     * <p>Permissions: admin of the gateway.
     *
     * @param gatewayId the gateway
     * @param assignmentId the assignment
     */
    public void deleteRoleAssignment(UUID gatewayId, UUID assignmentId) {
        roles(gatewayId).delete(assignmentId);
    }

    private Roles<GatewayRole> roles(UUID gatewayId) {
        return new Roles<>(transport, "gateways", gatewayId, GatewayRole::new);
    }
}
