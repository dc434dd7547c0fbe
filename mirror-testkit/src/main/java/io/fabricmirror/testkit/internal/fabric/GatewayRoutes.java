package io.fabricmirror.testkit.internal.fabric;

import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;

/** Gateways; they are set up by a test, not through the API. */
final class GatewayRoutes {
    private final Tenant tenant;

    GatewayRoutes(Tenant tenant) {
        this.tenant = tenant;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/v1/gateways", "Gateways_ListGateways", this::list);
        routes.add("GET", "/v1/gateways/{gatewayId}", "Gateways_GetGateway", this::get);
    }

    private Answer list(Asked asked) {
        return tenant.paging()
                .page(
                        asked,
                        "value",
                        tenant.gateways().stream().map(Gateway::json).toList());
    }

    private Answer get(Asked asked) {
        return tenant.gateway(asked.variable("gatewayId"))
                .map(gateway -> Answer.json(200, gateway.json()))
                .orElseThrow(FabricErrors::entityNotFound);
    }
}
