package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.token.Directory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The managed identities of a server. Each time the system-assigned one is switched on it is a new principal. */
final class ServerIdentity {
    private final Directory directory;
    private final String serverName;
    private final Set<String> userAssigned = new LinkedHashSet<>();
    private Optional<LocalIdentity> system = Optional.empty();

    ServerIdentity(Directory directory, String serverName) {
        this.directory = directory;
        this.serverName = serverName;
    }

    Optional<String> principalId() {
        return system.map(LocalIdentity::id);
    }

    String tenantId() {
        return directory.tenantId();
    }

    void enable() {
        if (system.isEmpty()) {
            LocalIdentity fresh = new LocalIdentity(UUID.randomUUID().toString(), serverName, "ServicePrincipal");
            system = Optional.of(directory.addFresh(fresh));
        }
    }

    void disable() {
        system.ifPresent(identity -> directory.remove(identity.id()));
        system = Optional.empty();
    }

    void addUserAssigned(String resourceId) {
        userAssigned.add(resourceId);
    }

    /** Applies the identity of a PATCH: its type is the whole wanted state. */
    void patch(JsonNode identity) {
        String type = identity.path("type").asText("None");
        if (type.contains("UserAssigned")) {
            identity.path("userAssignedIdentities").properties().forEach(member -> {
                if (member.getValue().isNull()) {
                    userAssigned.remove(member.getKey());
                } else {
                    userAssigned.add(member.getKey());
                }
            });
        } else {
            userAssigned.clear();
        }
        if (type.contains("SystemAssigned")) {
            enable();
        } else {
            disable();
        }
    }

    static boolean isType(String type) {
        return Set.of("none", "systemassigned", "userassigned", "systemassigned,userassigned")
                .contains(type.toLowerCase(Locale.ROOT).replace(" ", ""));
    }

    Optional<ObjectNode> json() {
        if (system.isEmpty() && userAssigned.isEmpty()) {
            return Optional.empty();
        }

        String both = userAssigned.isEmpty() ? "SystemAssigned" : "SystemAssigned,UserAssigned";
        TreeMap<String, Object> members = new TreeMap<>();
        userAssigned.forEach(id -> members.put(
                id, Json.object("principalId", stable("principal " + id), "clientId", stable("client " + id))));
        return Optional.of(Json.object(
                "type",
                system.isEmpty() ? "UserAssigned" : both,
                "principalId",
                principalId(),
                "tenantId",
                system.map(identity -> tenantId()),
                "userAssignedIdentities",
                members.isEmpty() ? Optional.empty() : members));
    }

    private static String stable(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
