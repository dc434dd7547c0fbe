package io.fabricmirror.testkit.internal.fabric;

import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a Fabric tenant holds: capacities, workspaces, connections, gateways. Thread-safe. */
public final class Tenant {
    private final Map<String, Capacity> capacities = new LinkedHashMap<>();
    private final Map<String, Workspace> workspaces = new LinkedHashMap<>();
    private final Map<String, FabricConnection> connections = new LinkedHashMap<>();
    private final Map<String, Gateway> gateways = new LinkedHashMap<>();
    private final Paging paging = new Paging();

    /** Sets how many items a list's page holds. */
    public void pageSize(int items) {
        paging.size(items);
    }

    Paging paging() {
        return paging;
    }

    /** Returns the workspace of a name, made on a capacity of its own with an administrator if there is none. */
    public synchronized Workspace workspace(String name, LocalIdentity administrator) {
        return workspaces.values().stream()
                .filter(workspace -> workspace.displayName().equals(name))
                .findFirst()
                .orElseGet(() -> newWorkspace(name, administrator));
    }

    private Workspace newWorkspace(String name, LocalIdentity administrator) {
        Workspace workspace = new Workspace(name, "");
        workspace.capacity(Optional.of(addCapacity("capacity-of-" + name.toLowerCase(Locale.ROOT))));
        workspace.role(administrator, "Admin");
        add(workspace);
        return workspace;
    }

    synchronized void add(Workspace workspace) {
        workspaces.put(workspace.id(), workspace);
    }

    synchronized void remove(Workspace workspace) {
        workspaces.remove(workspace.id());
    }

    synchronized Optional<Workspace> workspace(String id) {
        return Optional.ofNullable(workspaces.get(id.toLowerCase(Locale.ROOT)));
    }

    synchronized List<Workspace> workspaces() {
        return List.copyOf(workspaces.values());
    }

    synchronized List<Capacity> capacities() {
        return List.copyOf(capacities.values());
    }

    synchronized Optional<Capacity> capacity(String id) {
        return Optional.ofNullable(capacities.get(id));
    }

    synchronized Optional<FabricConnection> connection(String id) {
        return Optional.ofNullable(connections.get(id.toLowerCase(Locale.ROOT)));
    }

    /** Returns the connections, oldest first, also those a caller may not see. */
    public synchronized List<FabricConnection> connections() {
        return List.copyOf(connections.values());
    }

    synchronized void add(FabricConnection connection) {
        connections.put(connection.id(), connection);
    }

    synchronized void remove(FabricConnection connection) {
        connections.remove(connection.id());
    }

    /** Adds a gateway that is online, on a capacity of its own. */
    public synchronized Gateway addGateway(String name, LocalIdentity administrator) {
        Capacity capacity = addCapacity("capacity-of-" + name.toLowerCase(Locale.ROOT));
        Gateway gateway = new Gateway(Json.object(
                "displayName",
                name,
                "capacityId",
                capacity.id(),
                "inactivityMinutesBeforeSleep",
                30,
                "virtualNetworkAzureResource",
                Json.object(
                        "virtualNetworkName", "vnet-data",
                        "subnetName", "snet-fabric-gateway",
                        "resourceGroupName", "rg-network",
                        "subscriptionId", "00000000-0000-0000-0000-000000000000")));
        gateway.shares().put(administrator, "Admin");
        add(gateway);
        return gateway;
    }

    synchronized void add(Gateway gateway) {
        gateways.put(gateway.id(), gateway);
    }

    synchronized void remove(Gateway gateway) {
        gateways.remove(gateway.id());
    }

    private Capacity addCapacity(String name) {
        Capacity capacity = new Capacity(name, "F8");
        capacities.put(capacity.id(), capacity);
        return capacity;
    }

    /** Returns all mirrored databases. */
    public Stream<MirroredDatabase> mirrors() {
        return workspaces().stream().flatMap(workspace -> workspace.mirrors().stream());
    }

    synchronized Optional<Gateway> gateway(String id) {
        return Optional.ofNullable(gateways.get(id.toLowerCase(Locale.ROOT)));
    }

    synchronized List<Gateway> gateways() {
        return List.copyOf(gateways.values());
    }
}
