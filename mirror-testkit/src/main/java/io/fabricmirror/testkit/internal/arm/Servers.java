package io.fabricmirror.testkit.internal.arm;

import io.fabricmirror.ServerId;
import io.fabricmirror.testkit.LocalIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The servers of the local tenant, and who may read and change them. */
public final class Servers {
    private final Map<String, FlexibleServer> servers = new LinkedHashMap<>();
    private final Map<String, String> roles = new LinkedHashMap<>();

    /** Returns the server, made if there is none of that id yet. */
    public synchronized FlexibleServer get(ServerId id, Function<ServerId, FlexibleServer> make) {
        return servers.computeIfAbsent(key(id), none -> make.apply(id));
    }

    /** Returns a server. */
    public synchronized Optional<FlexibleServer> find(ServerId id) {
        return Optional.ofNullable(servers.get(key(id)));
    }

    /** Returns a server by its full name. */
    public synchronized Optional<FlexibleServer> find(String fqdn) {
        return servers.values().stream()
                .filter(server -> server.fqdn().equalsIgnoreCase(fqdn))
                .findFirst();
    }

    /** Returns all servers. */
    public synchronized List<FlexibleServer> all() {
        return List.copyOf(servers.values());
    }

    /** Sets a principal's role over all servers: {@code Owner}, {@code Reader} or {@code None}. */
    public synchronized void role(LocalIdentity identity, String role) {
        roles.put(identity.id(), role);
    }

    synchronized boolean allows(LocalIdentity identity, String action) {
        String role = roles.getOrDefault(identity.id(), "None");
        return role.equals("Owner") || (role.equals("Reader") && action.equals("read"));
    }

    private static String key(ServerId id) {
        return id.armId().toLowerCase(Locale.ROOT);
    }
}
