package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A data gateway of the kind that stands in a virtual network. Thread-safe. */
public final class Gateway {
    static final List<String> ROLES = List.of("ConnectionCreator", "ConnectionCreatorWithResharing", "Admin");

    private final String id = UUID.randomUUID().toString();
    private final JsonNode network;
    private final Shares shares = new Shares(ROLES);
    private final ObjectNode settings;
    private boolean online = true;

    /** Makes a gateway of what its creation asks for, which was checked. */
    Gateway(JsonNode request) {
        this.network = request.path("virtualNetworkAzureResource").deepCopy();
        this.settings = Json.object();
        apply(request);
    }

    /** Takes over what a request names. */
    synchronized void apply(JsonNode request) {
        for (String name : List.of("displayName", "capacityId", "inactivityMinutesBeforeSleep")) {
            Optional.ofNullable(request.get(name)).ifPresent(value -> settings.set(name, value));
        }
        boolean range = request.has("maxMemberGatewayCount");
        if (range) {
            settings.set("maxMemberGatewayCount", request.get("maxMemberGatewayCount"));
            settings.set("minMemberGatewayCount", request.get("minMemberGatewayCount"));
            settings.set("numberOfMemberGateways", request.get("minMemberGatewayCount"));
        } else if (request.has("numberOfMemberGateways")) {
            settings.set("numberOfMemberGateways", request.get("numberOfMemberGateways"));
        } else if (!settings.has("numberOfMemberGateways")) {
            settings.put("numberOfMemberGateways", 1);
        }
    }

    /** Returns the gateway's id. */
    public String id() {
        return id;
    }

    synchronized String displayName() {
        return settings.path("displayName").asText();
    }

    Shares shares() {
        return shares;
    }

    /** Sets whether it answers. */
    public synchronized void online(boolean answers) {
        online = answers;
    }

    synchronized boolean online() {
        return online;
    }

    synchronized ObjectNode json() {
        ObjectNode json = settings.deepCopy();
        json.set("virtualNetworkAzureResource", network);
        json.put("id", id);
        json.put("type", "VirtualNetwork");
        return json;
    }
}
