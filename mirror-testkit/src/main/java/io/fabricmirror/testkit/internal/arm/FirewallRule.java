package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.place.Addresses;

/**
 * A firewall rule of a server.
 *
 * @param name the rule's name
 * @param start the first address
 * @param end the last address
 */
public record FirewallRule(String name, String start, String end) {
    private static final String ANY_AZURE = "0.0.0.0";

    /** Tells whether the rule lets every Azure service in. */
    boolean admitsAzureServices() {
        return start.equals(ANY_AZURE) && (end.equals(ANY_AZURE) || end.equals("255.255.255.255"));
    }

    /** Tells whether the rule lets an address in; the one for Azure services lets nobody else in. */
    boolean admits(String address) {
        return Addresses.between(start, end, address);
    }

    ObjectNode json(String serverId) {
        return Json.object(
                "properties",
                Json.object("startIpAddress", start, "endIpAddress", end),
                "id",
                serverId + "/firewallRules/" + name,
                "name",
                name,
                "type",
                "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules");
    }
}
