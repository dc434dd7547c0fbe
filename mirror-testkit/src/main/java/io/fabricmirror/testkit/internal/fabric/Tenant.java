package io.fabricmirror.testkit.internal.fabric;

import io.fabricmirror.testkit.LocalIdentity;
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
        Capacity capacity = new Capacity("capacity-of-" + name.toLowerCase(Locale.ROOT), "F8");
        Workspace workspace = new Workspace(name, capacity);
        workspace.role(administrator, "Admin");
        capacities.put(capacity.id(), capacity);
        workspaces.put(workspace.id(), workspace);
        return workspace;
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
    public synchronized Gateway addGateway(String name) {
        Capacity capacity = new Capacity("capacity-of-" + name, "F8");
        Gateway gateway = new Gateway(name, capacity.id());
        capacities.put(capacity.id(), capacity);
        gateways.put(gateway.id(), gateway);
        return gateway;
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
