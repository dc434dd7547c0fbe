package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.UUID;

/** A data gateway of the kind that stands in a virtual network. */
public final class Gateway {
    private final String id = UUID.randomUUID().toString();
    private final String displayName;
    private final String capacityId;
    private volatile boolean online = true;

    /** Describes a gateway that is online. */
    public Gateway(String displayName, String capacityId) {
        this.displayName = displayName;
        this.capacityId = capacityId;
    }

    /** Returns the gateway's id. */
    public String id() {
        return id;
    }

    /** Sets whether it answers. */
    public void online(boolean answers) {
        online = answers;
    }

    boolean online() {
        return online;
    }

    ObjectNode json() {
        return Json.object(
                "displayName",
                displayName,
                "capacityId",
                capacityId,
                "virtualNetworkAzureResource",
                Json.object(
                        "virtualNetworkName", "vnet-data",
                        "subnetName", "snet-fabric-gateway",
                        "resourceGroupName", "rg-network",
                        "subscriptionId", "00000000-0000-0000-0000-000000000000"),
                "inactivityMinutesBeforeSleep",
                30,
                "numberOfMemberGateways",
                1,
                "id",
                id,
                "type",
                "VirtualNetwork");
    }
}
