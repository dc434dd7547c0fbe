package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.ServerId;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The plain properties of a server, those of an ordinary new one unless a test or a PATCH says otherwise. */
public final class ServerProperties {
    private int version = 16;
    private String tier = "GeneralPurpose";
    private String sku = "Standard_D2ds_v5";
    private String highAvailability = "Disabled";
    private String replicationRole = "Primary";
    private String state = "Ready";
    private String region = "West Europe";
    private int storageGb = 128;
    private int storageUsed = 12;
    private boolean publicAccess = true;
    private Optional<String> delegatedSubnet = Optional.empty();
    private boolean passwordAuth = true;
    private boolean entraAuth;
    private final List<String> privateEndpoints = new ArrayList<>();
    private final Map<String, String> tags = new TreeMap<>();

    ServerProperties() {}

    /** Returns the major version. */
    public synchronized int version() {
        return version;
    }

    synchronized void version(int major) {
        version = major;
    }

    /** Sets tier and size. */
    public synchronized void tier(String newTier, String newSku) {
        tier = newTier;
        sku = newSku;
    }

    /** Sets the high-availability mode: {@code Disabled}, {@code SameZone}, {@code ZoneRedundant}. */
    public synchronized void highAvailability(String mode) {
        highAvailability = mode;
    }

    /** Sets the replication role: {@code Primary}, {@code AsyncReplica}. */
    public synchronized void replicationRole(String role) {
        replicationRole = role;
    }

    /** Sets the state: {@code Ready}, {@code Stopped}, {@code Updating}. */
    public synchronized void state(String newState) {
        state = newState;
    }

    /** Sets the region. */
    public synchronized void region(String newRegion) {
        region = newRegion;
    }

    /** Sets how full the storage is. */
    public synchronized void storageUsed(int percent) {
        storageUsed = percent;
    }

    synchronized int storageUsed() {
        return storageUsed;
    }

    /** Sets the size of the storage. */
    public synchronized void storageGb(int gigabytes) {
        storageGb = gigabytes;
    }

    /** Sets whether the server has a public endpoint. */
    public synchronized void publicAccess(boolean enabled) {
        publicAccess = enabled;
    }

    synchronized boolean publicAccess() {
        return publicAccess && delegatedSubnet.isEmpty();
    }

    /** Puts the server into a subnet; it has no public endpoint then. */
    public synchronized void delegatedSubnet(String resourceId) {
        delegatedSubnet = Optional.of(resourceId);
    }

    /** Adds an approved private endpoint. */
    public synchronized void privateEndpoint(String name) {
        privateEndpoints.add(name);
    }

    synchronized List<String> privateEndpoints() {
        return List.copyOf(privateEndpoints);
    }

    synchronized void authentication(boolean password, boolean entra) {
        passwordAuth = password;
        entraAuth = entra;
    }

    synchronized boolean passwordAuth() {
        return passwordAuth;
    }

    synchronized boolean entraAuth() {
        return entraAuth;
    }

    /** Sets or replaces a tag. */
    public synchronized void tag(String name, String value) {
        tags.put(name, value);
    }

    /** Removes a tag. */
    public synchronized void removeTag(String name) {
        tags.remove(name);
    }

    /** Returns the tags. */
    public synchronized Map<String, String> tags() {
        return new TreeMap<>(tags);
    }

    /** Replaces the tags. */
    synchronized void tags(Map<String, String> all) {
        tags.clear();
        tags.putAll(all);
    }

    /** Tells whether this server could be mirrored at all; the service does nothing for one that could not. */
    synchronized boolean canMirror() {
        return !tier.equals("Burstable") && replicationRole.equals("Primary") && version >= 14;
    }

    synchronized void patch(JsonNode body) {
        JsonNode properties = body.path("properties");
        Json.text(properties, "network", "publicNetworkAccess")
                .ifPresent(value -> publicAccess = value.equals("Enabled"));
        Json.text(properties, "authConfig", "passwordAuth").ifPresent(value -> passwordAuth = value.equals("Enabled"));
        Json.text(properties, "authConfig", "activeDirectoryAuth")
                .ifPresent(value -> entraAuth = value.equals("Enabled"));
        Json.text(properties, "storage", "storageSizeGB").ifPresent(value -> storageGb = Integer.parseInt(value));
        Json.text(properties, "highAvailability", "mode").ifPresent(value -> highAvailability = value);
        Json.text(body, "sku", "tier").ifPresent(value -> tier = value);
        Json.text(body, "sku", "name").ifPresent(value -> sku = value);
        if (body.has("tags")) {
            tags.clear();
            body.get("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        }
    }

    synchronized ObjectNode json(ServerId id, String fqdn, String admin) {
        int replicas = replicationRole.equals("Primary") ? 5 : 0;
        String standby = highAvailability.equals("Disabled") ? "NotEnabled" : "Healthy";
        ObjectNode properties = Json.object(
                "administratorLogin", admin,
                "version", Integer.toString(version),
                "minorVersion", "1",
                "state", state,
                "fullyQualifiedDomainName", fqdn,
                "availabilityZone", "1",
                "replicationRole", replicationRole,
                "replicaCapacity", replicas,
                "replica", Json.object("role", replicationRole, "capacity", replicas),
                "storage", Json.object("iops", 500, "tier", "P10", "storageSizeGB", storageGb, "autoGrow", "Disabled"),
                "backup", Json.object("backupRetentionDays", 7, "geoRedundantBackup", "Disabled"),
                "network",
                        Json.object(
                                "publicNetworkAccess",
                                publicAccess() ? "Enabled" : "Disabled",
                                "delegatedSubnetResourceId",
                                delegatedSubnet),
                "highAvailability", Json.object("mode", highAvailability, "state", standby),
                "maintenanceWindow",
                        Json.object("customWindow", "Disabled", "dayOfWeek", 0, "startHour", 0, "startMinute", 0),
                "dataEncryption", Json.object("type", "SystemManaged"),
                "authConfig",
                        Json.object(
                                "activeDirectoryAuth", entraAuth ? "Enabled" : "Disabled",
                                "passwordAuth", passwordAuth ? "Enabled" : "Disabled"),
                "privateEndpointConnections",
                        privateEndpoints.stream()
                                .map(name -> privateEndpointJson(id, name))
                                .toList());
        return Json.object(
                "sku",
                Json.object("name", sku, "tier", tier),
                "properties",
                properties,
                "location",
                region,
                "tags",
                tags.isEmpty() ? Optional.empty() : tags,
                "id",
                id.armId(),
                "name",
                id.name(),
                "type",
                "Microsoft.DBforPostgreSQL/flexibleServers");
    }

    static ObjectNode privateEndpointJson(ServerId id, String name) {
        String endpoint = "/subscriptions/" + id.subscriptionId() + "/resourceGroups/" + id.resourceGroup()
                + "/providers/Microsoft.Network/privateEndpoints/" + name;
        return Json.object(
                "properties",
                Json.object(
                        "privateEndpoint", Json.object("id", endpoint),
                        "privateLinkServiceConnectionState",
                                Json.object("status", "Approved", "description", "", "actionsRequired", "None"),
                        "provisioningState", "Succeeded"),
                "id",
                id.armId() + "/privateEndpointConnections/" + name,
                "name",
                name,
                "type",
                "Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections");
    }
}
