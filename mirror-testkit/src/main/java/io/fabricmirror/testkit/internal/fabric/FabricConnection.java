package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.mirror.SourceLogin.Credentials;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A connection: where it leads, how it signs in, and who may use it. Thread-safe. */
public final class FabricConnection {
    /** What principals may do with a connection, weakest first. */
    static final List<String> ROLES = List.of("User", "UserWithReshare", "Owner");

    private final String id = UUID.randomUUID().toString();
    private final String connectivityType;
    private final Optional<String> gatewayId;
    private final String type;
    private final String server;
    private final String database;
    private final Shares shares = new Shares(ROLES);
    private String displayName;
    private String privacyLevel;
    private String encryption;
    private Credentials credentials;

    FabricConnection(
            String connectivityType,
            Optional<String> gatewayId,
            String type,
            String server,
            String database,
            String displayName,
            String privacyLevel,
            String encryption,
            Credentials credentials) {
        this.connectivityType = connectivityType;
        this.gatewayId = gatewayId;
        this.type = type;
        this.server = server;
        this.database = database;
        this.displayName = displayName;
        this.privacyLevel = privacyLevel;
        this.encryption = encryption;
        this.credentials = credentials;
    }

    /** Returns the connection's id. */
    public String id() {
        return id;
    }

    /** Returns its name. */
    public synchronized String displayName() {
        return displayName;
    }

    String connectivityType() {
        return connectivityType;
    }

    Optional<String> gatewayId() {
        return gatewayId;
    }

    String server() {
        return server;
    }

    String database() {
        return database;
    }

    synchronized boolean encrypted() {
        return !encryption.equals("NotEncrypted");
    }

    synchronized String encryption() {
        return encryption;
    }

    synchronized Credentials credentials() {
        return credentials;
    }

    synchronized void rename(String name) {
        displayName = name;
    }

    synchronized void privacyLevel(String level) {
        privacyLevel = level;
    }

    synchronized void credentials(Credentials changed, String changedEncryption) {
        credentials = changed;
        encryption = changedEncryption;
    }

    Shares shares() {
        return shares;
    }

    synchronized ObjectNode json() {
        ObjectNode json = connectivityType.equals("ShareableCloud")
                ? Json.object("allowConnectionUsageInGateway", false)
                : Json.object("gatewayId", gatewayId);
        json.setAll(Json.object(
                "id", id,
                "displayName", displayName,
                "connectivityType", connectivityType,
                "connectionDetails", Json.object("path", server + ";" + database, "type", type),
                "privacyLevel", privacyLevel,
                "credentialDetails",
                        Json.object(
                                "credentialType",
                                "Basic",
                                "singleSignOnType",
                                "None",
                                "connectionEncryption",
                                encryption,
                                "skipTestConnection",
                                false)));
        return json;
    }

    /** Describes it as an item names what it is bound to. */
    synchronized ObjectNode boundJson() {
        return Json.object(
                "id", id,
                "displayName", displayName,
                "gatewayId", gatewayId,
                "connectivityType", connectivityType,
                "connectionDetails", Json.object("path", server + ";" + database, "type", type));
    }

    @Override
    public String toString() {
        return "connection " + id; // never its credentials
    }
}
