package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.token.Directory;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Virtual network data gateways. */
final class GatewayRoutes {
    private static final Set<Integer> SLEEP = Set.of(30, 60, 90, 120, 150, 240, 360, 480, 720, 1440);
    private static final int MOST_MEMBERS = 9;

    private final Tenant tenant;
    private final FabricOperations operations;
    private final ShareRoutes shares;

    GatewayRoutes(Tenant tenant, Directory directory, FabricOperations operations) {
        this.tenant = tenant;
        this.operations = operations;
        this.shares = new ShareRoutes(
                tenant,
                directory,
                "Gateway",
                "ConnectionCreatorWithResharing",
                "Admin",
                (asked, role) -> gateway(asked, role).shares());
    }

    void addTo(Routes routes) {
        String one = "/v1/gateways/{gatewayId}";
        routes.add("GET", "/v1/gateways", "Gateways_ListGateways", this::list);
        routes.add("POST", "/v1/gateways", "Gateways_CreateGateway", this::create);
        routes.add(
                "GET",
                one,
                "Gateways_GetGateway",
                asked -> Answer.json(200, gateway(asked, "").json()));
        routes.add("PATCH", one, "Gateways_UpdateGateway", this::update);
        routes.add("DELETE", one, "Gateways_DeleteGateway", this::delete);
        routes.add("POST", one + "/checkStatus", "Gateways_CheckGatewayStatus", this::checkStatus);
        shares.addTo(routes, one);
    }

    private Gateway gateway(Asked asked, String role) {
        Gateway gateway = tenant.gateway(asked.variable("gatewayId"))
                .filter(found -> found.shares().include(asked.caller()))
                .orElseThrow(FabricErrors::entityNotFound);
        if (!role.isEmpty() && !gateway.shares().allows(asked.caller(), role)) {
            throw FabricErrors.refuse(
                    403,
                    "InsufficientPermissionsToManageGateway",
                    "The caller has insufficient permissions to manage this gateway");
        }
        return gateway;
    }

    private Answer list(Asked asked) {
        List<ObjectNode> visible = tenant.gateways().stream()
                .filter(gateway -> gateway.shares().include(asked.caller()))
                .map(Gateway::json)
                .toList();
        return tenant.paging().page(asked, "value", visible);
    }

    private Answer create(Asked asked) {
        JsonNode body = asked.json();
        requireVirtualNetwork(body);
        for (String name : List.of("displayName", "capacityId", "inactivityMinutesBeforeSleep")) {
            if (!body.hasNonNull(name)) {
                throw FabricErrors.invalidInput("The " + name + " field is required");
            }
        }
        for (String name : List.of("subscriptionId", "resourceGroupName", "virtualNetworkName", "subnetName")) {
            if (!body.path("virtualNetworkAzureResource").hasNonNull(name)) {
                throw FabricErrors.invalidInput("The virtualNetworkAzureResource." + name + " field is required");
            }
        }
        check(body);
        requireFreeName(body.path("displayName").asText());
        Gateway gateway = new Gateway(body);
        gateway.shares().put(asked.caller(), "Admin");
        tenant.add(gateway);
        return Answer.json(201, gateway.json())
                .with("Location", "https://" + FabricService.HOST + "/v1/gateways/" + gateway.id());
    }

    private static void requireVirtualNetwork(JsonNode body) {
        if (!body.path("type").asText().equals("VirtualNetwork")) {
            throw FabricErrors.invalidInput("The type field is not valid");
        }
    }

    private void check(JsonNode body) {
        boolean number = body.hasNonNull("numberOfMemberGateways");
        boolean range = body.hasNonNull("minMemberGatewayCount") || body.hasNonNull("maxMemberGatewayCount");
        if (number && range) {
            throw FabricErrors.refuse(
                    400,
                    "ConflictingMemberGatewayCountProperties",
                    "numberOfMemberGateways cannot be used together with minMemberGatewayCount and"
                            + " maxMemberGatewayCount");
        }
        if (body.hasNonNull("inactivityMinutesBeforeSleep")
                && !SLEEP.contains(body.path("inactivityMinutesBeforeSleep").asInt())) {
            throw FabricErrors.invalidInput("The inactivityMinutesBeforeSleep field is not one of " + SLEEP);
        }
        int members = body.path("numberOfMemberGateways").asInt(1);
        if (members < 1 || members > MOST_MEMBERS) {
            throw FabricErrors.invalidInput("The numberOfMemberGateways field is not between 1 and " + MOST_MEMBERS);
        }
        if (Json.text(body, "capacityId")
                .filter(id -> tenant.capacity(id).filter(Capacity::active).isEmpty())
                .isPresent()) {
            throw FabricErrors.refuse(400, "InvalidCapacityState", "The Capacity's state is invalid");
        }
    }

    private void requireFreeName(String name) {
        if (tenant.gateways().stream().anyMatch(other -> other.displayName().equals(name))) {
            throw FabricErrors.refuse(409, "DuplicateGatewayName", "The gateway name is already in use");
        }
    }

    private Answer update(Asked asked) {
        Gateway gateway = gateway(asked, "Admin");
        JsonNode body = asked.json();
        requireVirtualNetwork(body);
        check(body);
        Json.text(body, "displayName")
                .filter(name -> !name.equals(gateway.displayName()))
                .ifPresent(this::requireFreeName);
        gateway.apply(body);
        return Answer.json(200, gateway.json());
    }

    private Answer delete(Asked asked) {
        tenant.remove(gateway(asked, "Admin"));
        return Answer.empty(200);
    }

    private Answer checkStatus(Asked asked) {
        boolean online = gateway(asked, "").online();
        ObjectNode result = Json.object(
                "status",
                online ? "Online" : "Offline",
                "errorDetails",
                online ? Optional.empty() : List.of(FabricErrors.embedded("GatewayOffline", "The gateway is asleep")));
        return operations.accept(Optional.of(result), 5);
    }
}
