package io.fabricmirror.testkit.internal.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.place.Addresses;
import io.fabricmirror.testkit.internal.place.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** One key vault: live secrets with their versions, deleted ones that can be recovered, and who may do what. */
public final class Vault {
    /** Everything a caller may do with secrets. */
    public static final Set<String> ALL =
            Set.of("get", "list", "set", "delete", "recover", "purge", "backup", "restore");

    private final String name;
    private final String tenantId;
    private final Pacer time;
    private final Map<String, List<SecretVersion>> live = new TreeMap<>();
    private final Map<String, Deleted> deleted = new TreeMap<>();
    private Set<String> permissions = ALL;
    private NetworkRules network = NetworkRules.OPEN;
    private final Map<String, String> tags = new TreeMap<>();

    record Deleted(List<SecretVersion> versions, Instant at) {}

    Vault(String name, String tenantId, Pacer time) {
        this.name = name;
        this.tenantId = tenantId;
        this.time = time;
    }

    /** Returns the vault's URL. */
    public String url() {
        return "https://" + name + ".vault.azure.net";
    }

    /** Returns the vault's name. */
    public String name() {
        return name;
    }

    /** Sets what callers may do. */
    public synchronized void permissions(Set<String> allowed) {
        permissions = Set.copyOf(allowed);
    }

    /** Returns whom the network lets in. */
    public synchronized NetworkRules network() {
        return network;
    }

    /** Sets whom the network lets in. */
    public synchronized void network(NetworkRules rules) {
        network = rules;
    }

    /** Returns the tags. */
    public synchronized Map<String, String> tags() {
        return new TreeMap<>(tags);
    }

    /** Replaces the tags. */
    public synchronized void tags(Map<String, String> all) {
        tags.clear();
        tags.putAll(all);
    }

    /** Sets or replaces a tag. */
    public synchronized void tag(String key, String value) {
        tags.put(key, value);
    }

    /** Removes a tag. */
    public synchronized void removeTag(String key) {
        tags.remove(key);
    }

    /** Returns the address ranges of a PATCH that are none. */
    public static List<String> wrongRanges(JsonNode properties) {
        return NetworkRules.OPEN.changed(properties).addresses().stream()
                .filter(range -> !Addresses.isRange(range))
                .toList();
    }

    /** Applies a PATCH of the resource: tags, when named, are all of them. */
    public synchronized void patch(JsonNode body) {
        network = network.changed(body.path("properties"));
        if (body.has("tags")) {
            tags.clear();
            body.get("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        }
    }

    /** Returns the vault's resource id. */
    public String resourceId() {
        return "/subscriptions/" + Place.SUBSCRIPTION + "/resourceGroups/" + Place.GROUP
                + "/providers/Microsoft.KeyVault/vaults/" + name;
    }

    /** Describes the vault as ARM does. */
    public synchronized ObjectNode resource() {
        return Json.object(
                "id",
                resourceId(),
                "name",
                name,
                "type",
                "Microsoft.KeyVault/vaults",
                "location",
                "westeurope",
                "tags",
                tags,
                "properties",
                Json.object(
                        "sku",
                        Json.object("family", "A", "name", "standard"),
                        "tenantId",
                        tenantId,
                        "networkAcls",
                        network.json(),
                        "accessPolicies",
                        Json.array(List.of()),
                        "enabledForDeployment",
                        false,
                        "enableSoftDelete",
                        true,
                        "softDeleteRetentionInDays",
                        90,
                        "enableRbacAuthorization",
                        true,
                        "vaultUri",
                        url() + "/",
                        "provisioningState",
                        "Succeeded",
                        "publicNetworkAccess",
                        network.publicAccess() ? "Enabled" : "Disabled"));
    }

    synchronized boolean allows(String permission) {
        return permissions.contains(permission);
    }

    /** Stores a new version and makes it the current one. */
    public synchronized String put(String secret, String value) {
        Instant now = time.now();
        SecretVersion version = new SecretVersion(
                UUID.randomUUID().toString().replace("-", ""),
                value,
                true,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        add(secret, version);
        return version.id();
    }

    synchronized void add(String secret, SecretVersion version) {
        live.computeIfAbsent(secret, none -> new ArrayList<>()).add(version);
    }

    /** Returns the current value; empty when there is no such secret. */
    public synchronized Optional<String> value(String secret) {
        return current(secret).map(SecretVersion::value);
    }

    /** Returns the ids of all versions, oldest first. */
    public synchronized List<String> versionIds(String secret) {
        return versions(secret).stream().map(SecretVersion::id).toList();
    }

    synchronized Optional<SecretVersion> current(String secret) {
        List<SecretVersion> versions = versions(secret);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    synchronized Optional<SecretVersion> version(String secret, String id) {
        return versions(secret).stream()
                .filter(version -> version.id().equals(id))
                .findFirst();
    }

    synchronized List<SecretVersion> versions(String secret) {
        return List.copyOf(live.getOrDefault(secret, List.of()));
    }

    synchronized void replace(String secret, SecretVersion changed) {
        live.getOrDefault(secret, List.of())
                .replaceAll(version -> version.id().equals(changed.id()) ? changed : version);
    }

    synchronized Map<String, List<SecretVersion>> secrets() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(live));
    }

    synchronized Optional<Deleted> delete(String secret) {
        List<SecretVersion> versions = live.remove(secret);
        if (versions == null) {
            return Optional.empty();
        }

        Deleted gone = new Deleted(versions, time.now());
        deleted.put(secret, gone);
        return Optional.of(gone);
    }

    synchronized Optional<Deleted> deleted(String secret) {
        return Optional.ofNullable(deleted.get(secret));
    }

    synchronized Map<String, Deleted> allDeleted() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(deleted));
    }

    synchronized Optional<Deleted> recover(String secret) {
        Deleted gone = deleted.remove(secret);
        if (gone == null) {
            return Optional.empty();
        }

        live.put(secret, gone.versions());
        return Optional.of(gone);
    }

    synchronized boolean purge(String secret) {
        return deleted.remove(secret) != null;
    }
}
