package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may do what with a connection or a gateway. Thread-safe. */
final class Shares {
    private final List<String> roles;
    private final Map<String, Share> shares = new LinkedHashMap<>();

    record Share(LocalIdentity identity, String role) {
        ObjectNode json() {
            return Json.object(
                    "id", identity.id(),
                    "principal", Json.object("id", identity.id(), "type", identity.type()),
                    "role", role);
        }
    }

    /** Makes a list without anybody in it; the roles that exist come weakest first. */
    Shares(List<String> roles) {
        this.roles = roles;
    }

    boolean knows(String role) {
        return roles.contains(role);
    }

    synchronized void put(LocalIdentity identity, String role) {
        shares.put(identity.id(), new Share(identity, role));
    }

    synchronized void remove(String principalId) {
        shares.remove(principalId);
    }

    synchronized Optional<Share> find(String principalId) {
        return Optional.ofNullable(shares.get(principalId));
    }

    synchronized List<Share> all() {
        return List.copyOf(shares.values());
    }

    /** Tells whether a principal may do what a role may. */
    boolean allows(LocalIdentity identity, String role) {
        return find(identity.id())
                .filter(share -> roles.indexOf(share.role()) >= roles.indexOf(role))
                .isPresent();
    }

    /** Tells whether a principal has any role. */
    boolean include(LocalIdentity identity) {
        return find(identity.id()).isPresent();
    }
}
