package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.Transport;
import io.fabricmirror.fabric.internal.WorkspaceReader;
import java.util.List;
import java.util.UUID;

/**
 * The calls about capacities. Thread-safe.
 *
 * <p>Source of permissions, limits and errors: <a href="https://learn.microsoft.com/rest/api/fabric/core/capacities">Microsoft's
 * reference</a>, as of August 2026.
 */
public final class Capacities {
    private final Transport transport;

    Capacities(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists the capacities that the caller administers or may assign workspaces to.
     *
     * <p>Permissions: none.
     *
     * @return the capacities
     */
    public List<Capacity> list() {
        return transport.pages(FabricRequest.get("list capacities", "capacities"), "value", WorkspaceReader::capacity);
    }

    /**
     * Reads a capacity.
     *
     * <p>Permissions: administrator or contributor of the capacity.
     *
     * @param capacityId the capacity
     * @return the capacity
     */
    public Capacity get(UUID capacityId) {
        FabricRequest request = FabricRequest.get("read capacity " + capacityId, "capacities", capacityId);
        return transport.call(request, WorkspaceReader::capacity);
    }
}
