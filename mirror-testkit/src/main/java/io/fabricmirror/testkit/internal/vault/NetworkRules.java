package io.fabricmirror.testkit.internal.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.place.Addresses;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom a vault's network lets in, as its resource says.
 *
 * @param publicAccess whether the public endpoint is on
 * @param allowsByDefault whether it lets everybody in whom no rule names
 * @param addresses the addresses and ranges the rules name, as somebody wrote them
 * @param bypass which services get through in any case
 */
public record NetworkRules(boolean publicAccess, boolean allowsByDefault, List<String> addresses, String bypass) {
    /** Rules that let everybody in: a new vault's. */
    public static final NetworkRules OPEN = new NetworkRules(true, true, List.of(), "AzureServices");

    /** Copies the list. */
    public NetworkRules {
        addresses = List.copyOf(addresses);
    }

    /** Returns these rules with the public endpoint on or off. */
    public NetworkRules withPublicAccess(boolean on) {
        return new NetworkRules(on, allowsByDefault, addresses, bypass);
    }

    /** Returns these rules, letting only the addresses in. */
    public NetworkRules withOnly(List<String> admitted) {
        return new NetworkRules(publicAccess, false, admitted, bypass);
    }

    boolean firewallAdmits(String address) {
        return allowsByDefault || addresses.stream().anyMatch(range -> Addresses.contains(range, address));
    }

    /** Returns what a PATCH of the resource makes of these rules. */
    NetworkRules changed(JsonNode properties) {
        JsonNode rules = properties.path("networkAcls");
        List<String> named = new ArrayList<>();
        rules.path("ipRules").forEach(rule -> named.add(Json.text(rule, "value").orElse("")));
        return new NetworkRules(
                Json.text(properties, "publicNetworkAccess")
                        .map(value -> value.equalsIgnoreCase("Enabled"))
                        .orElse(publicAccess),
                Json.text(rules, "defaultAction")
                        .map(value -> value.equalsIgnoreCase("Allow"))
                        .orElse(allowsByDefault),
                rules.has("ipRules") ? named : addresses,
                Json.text(rules, "bypass").orElse(bypass));
    }

    ObjectNode json() {
        return Json.object(
                "bypass",
                bypass,
                "defaultAction",
                allowsByDefault ? "Allow" : "Deny",
                "ipRules",
                Json.array(addresses.stream()
                        .map(range -> Json.object("value", range.contains("/") ? range : range + "/32"))
                        .toList()),
                "virtualNetworkRules",
                Json.array(List.of()));
    }
}
