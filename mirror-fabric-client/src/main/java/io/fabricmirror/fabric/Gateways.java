package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.GatewayReader;
import io.fabricmirror.fabric.internal.Transport;
import java.util.List;
import java.util.UUID;

/** The calls about data gateways. Thread-safe. */
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
     * @param gatewayId the gateway
     * @return the gateway
     */
    public Gateway get(UUID gatewayId) {
        FabricRequest request = FabricRequest.get("read gateway " + gatewayId, "gateways", gatewayId);
        return transport.call(request, GatewayReader::gateway);
    }
}
