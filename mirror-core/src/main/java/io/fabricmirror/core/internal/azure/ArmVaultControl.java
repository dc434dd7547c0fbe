package io.fabricmirror.core.internal.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.spi.VaultControl;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Controls the network of vaults through Azure Resource Manager. Thread-safe. */
public final class ArmVaultControl implements VaultControl {
    private static final String VAULTS = "2023-07-01";
    private static final String TAGS = "2021-04-01";

    private final ArmRest arm;

    /**
     * Returns a control.
     *
     * @param cloud where Azure Resource Manager is
     * @param credential who calls
     * @param httpClient what carries requests
     * @param pacer what waits
     */
    public ArmVaultControl(Cloud cloud, TokenCredential credential, HttpClient httpClient, Pacer pacer) {
        this.arm = new ArmRest(cloud, credential, httpClient, pacer);
    }

    @Override
    public Optional<Vault> find(String subscriptionId, URI vault) {
        String host = vault.getHost();
        String name = host.indexOf('.') < 0 ? host : host.substring(0, host.indexOf('.'));
        return arm
                .list(
                        "look for vault " + name,
                        "/subscriptions/" + subscriptionId + "/providers/Microsoft.KeyVault/vaults",
                        VAULTS)
                .stream()
                .filter(found -> found.path("name").asText().equalsIgnoreCase(name))
                .findFirst()
                .map(ArmVaultControl::vault);
    }

    @Override
    public Vault vault(String id) {
        return vault(arm.get("read vault " + nameIn(id), id, VAULTS));
    }

    @Override
    public void changeNetwork(Vault seen, Network wanted) {
        ObjectNode properties = ArmRest.JSON.createObjectNode();
        Network before = seen.network();
        if (before.publicAccess() != wanted.publicAccess()) {
            properties.put("publicNetworkAccess", wanted.publicAccess() ? "Enabled" : "Disabled");
        }
        if (before.allowsByDefault() != wanted.allowsByDefault()
                || !before.addresses().equals(wanted.addresses())) {
            properties.set("networkAcls", rules(wanted));
        }
        if (!properties.isEmpty()) {
            ObjectNode body = ArmRest.JSON.createObjectNode();
            body.set("properties", properties);
            arm.change("change whom vault " + seen.name() + " admits", HttpMethod.PATCH, seen.id(), VAULTS, body);
        }
    }

    @Override
    public void mergeTag(String id, String name, String value) {
        changeTag(id, "Merge", name, value);
    }

    @Override
    public void deleteTag(String id, String name, String value) {
        changeTag(id, "Delete", name, value);
    }

    private void changeTag(String id, String operation, String name, String value) {
        ObjectNode body = ArmRest.JSON.createObjectNode().put("operation", operation);
        body.putObject("properties").putObject("tags").put(name, value);
        arm.change(
                operation.toLowerCase(java.util.Locale.ROOT) + " a tag of vault " + nameIn(id),
                HttpMethod.PATCH,
                id + "/providers/Microsoft.Resources/tags/default",
                TAGS,
                body);
    }

    private static Vault vault(JsonNode arm) {
        JsonNode properties = arm.path("properties");
        JsonNode rules = properties.path("networkAcls");
        List<String> addresses = new ArrayList<>();
        rules.path("ipRules").forEach(rule -> addresses.add(rule.path("value").asText()));
        Map<String, String> tags = new HashMap<>();
        arm.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        Network network = new Network(
                // Absent means what a vault had before either could be set: open.
                properties.path("publicNetworkAccess").asText("Enabled").equalsIgnoreCase("Enabled"),
                rules.path("defaultAction").asText("Allow").equalsIgnoreCase("Allow"),
                addresses,
                rules.isObject() ? rules.toString() : "{}");
        return new Vault(arm.path("id").asText(), arm.path("name").asText(), network, tags);
    }

    /** The rules as they were read, with only what this library knows replaced. */
    private static ObjectNode rules(Network wanted) {
        try {
            ObjectNode rules = (ObjectNode) ArmRest.JSON.readTree(wanted.others());
            rules.put("defaultAction", wanted.allowsByDefault() ? "Allow" : "Deny");
            if (!rules.hasNonNull("bypass")) {
                rules.put("bypass", "AzureServices");
            }
            ArrayNode addresses = rules.putArray("ipRules");
            wanted.addresses().forEach(address -> addresses.addObject().put("value", address));
            return rules;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("network rules are no JSON", e);
        }
    }

    private static String nameIn(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
