package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A workspace: its capacity, who has which role in it, and its mirrored databases. Thread-safe. */
public final class Workspace {
    /** The roles, weakest first. */
    public static final List<String> ROLES = List.of("Viewer", "Contributor", "Member", "Admin");

    private final String id = UUID.randomUUID().toString();
    private String displayName;
    private String description;
    private Optional<Capacity> capacity = Optional.empty();
    private Optional<LocalIdentity> identity = Optional.empty();
    private final Map<String, Assignment> roles = new LinkedHashMap<>();
    private final Map<String, MirroredDatabase> mirrors = new LinkedHashMap<>();
    private final Folders folders = new Folders();
    private final Map<String, Instant> heldNames = new LinkedHashMap<>();

    record Assignment(LocalIdentity identity, String role) {
        ObjectNode json() {
            ObjectNode principal =
                    Json.object("id", identity.id(), "displayName", identity.displayName(), "type", identity.type());
            return Json.object("id", identity.id(), "principal", principal, "role", role);
        }
    }

    Workspace(String displayName, String description) {
        this.displayName = displayName;
        this.description = description;
    }

    /** Returns the workspace's id. */
    public String id() {
        return id;
    }

    /** Returns its name. */
    public synchronized String displayName() {
        return displayName;
    }

    synchronized void rename(String name) {
        displayName = name;
    }

    synchronized void describe(String text) {
        description = text;
    }

    /** Returns its capacity. */
    public synchronized Optional<Capacity> capacity() {
        return capacity;
    }

    synchronized void capacity(Optional<Capacity> assigned) {
        capacity = assigned;
    }

    /** Tells whether it has a capacity that runs. */
    boolean active() {
        return capacity().filter(Capacity::active).isPresent();
    }

    synchronized Optional<LocalIdentity> identity() {
        return identity;
    }

    synchronized void identity(Optional<LocalIdentity> provisioned) {
        identity = provisioned;
    }

    /** Gives a principal a role. */
    public synchronized void role(LocalIdentity identity, String role) {
        roles.put(identity.id(), new Assignment(identity, role));
    }

    /** Takes a principal's role away. */
    public synchronized void removeRole(String principalId) {
        roles.remove(principalId);
    }

    /** Returns a principal's role. */
    public synchronized Optional<String> roleOf(String principalId) {
        return Optional.ofNullable(roles.get(principalId)).map(Assignment::role);
    }

    synchronized Optional<Assignment> assignment(String principalId) {
        return Optional.ofNullable(roles.get(principalId));
    }

    synchronized List<Assignment> assignments() {
        return List.copyOf(roles.values());
    }

    boolean allows(String principalId, String role) {
        return roleOf(principalId)
                .filter(held -> ROLES.indexOf(held) >= ROLES.indexOf(role))
                .isPresent();
    }

    void require(LocalIdentity caller, String role) {
        if (!allows(caller.id(), role)) {
            throw FabricErrors.insufficientRole();
        }
    }

    Folders folders() {
        return folders;
    }

    synchronized void add(MirroredDatabase mirror) {
        mirrors.put(mirror.id(), mirror);
    }

    /** Removes a mirrored database; its name stays taken until the time given. */
    synchronized void remove(MirroredDatabase mirror, Instant nameHeldUntil) {
        mirrors.remove(mirror.id());
        heldNames.put(mirror.displayName(), nameHeldUntil);
    }

    synchronized boolean nameHeld(String name, Instant now) {
        Instant until = heldNames.get(name);
        return until != null && now.isBefore(until);
    }

    synchronized Optional<MirroredDatabase> mirror(String mirrorId) {
        return Optional.ofNullable(mirrors.get(mirrorId));
    }

    /** Returns the mirrored databases, oldest first. */
    public synchronized List<MirroredDatabase> mirrors() {
        return List.copyOf(mirrors.values());
    }

    synchronized ObjectNode json() {
        return Json.object(
                "id", id,
                "displayName", displayName,
                "description", description,
                "type", "Workspace",
                "capacityId", capacity.map(Capacity::id));
    }

    synchronized ObjectNode info() {
        ObjectNode info = json();
        info.setAll(Json.object(
                "capacityRegion", capacity.map(assigned -> "West Europe"),
                "capacityAssignmentProgress", "Completed",
                "workspaceIdentity", identity.map(Workspace::identityJson),
                "oneLakeEndpoints",
                        Json.object(
                                "blobEndpoint", "https://westeurope-onelake.blob.fabric.microsoft.com",
                                "dfsEndpoint", "https://westeurope-onelake.dfs.fabric.microsoft.com")));
        return info;
    }

    static ObjectNode identityJson(LocalIdentity identity) {
        String applicationId = UUID.nameUUIDFromBytes(identity.id().getBytes(StandardCharsets.UTF_8))
                .toString();
        return Json.object("applicationId", applicationId, "servicePrincipalId", identity.id());
    }
}
