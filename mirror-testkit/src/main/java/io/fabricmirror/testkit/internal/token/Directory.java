package io.fabricmirror.testkit.internal.token;

import io.fabricmirror.spi.Pacer;
import io.fabricmirror.testkit.LocalIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The local tenant: who exists, since when, and with which client secret an application signs in. */
public final class Directory {
    // Fabric does not know a new managed identity at once; minutes on a bad day. Inferred from scripts that retry.
    private static final Duration REPLICATION_LAG = Duration.ofSeconds(20);

    private final Pacer time;
    private final String tenantId = UUID.randomUUID().toString();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(LocalIdentity identity, String secret, Instant replicatedAt) {}

    /** Makes an empty tenant. */
    public Directory(Pacer time) {
        this.time = time;
    }

    /** Returns the tenant's id. */
    public String tenantId() {
        return tenantId;
    }

    /** Adds a principal that has been there for long. */
    public LocalIdentity add(String displayName, String type) {
        return add(new LocalIdentity(UUID.randomUUID().toString(), displayName, type), Instant.EPOCH);
    }

    /** Adds a principal that Fabric will know only after the replication lag. */
    public LocalIdentity addFresh(LocalIdentity identity) {
        return add(identity, time.now().plus(REPLICATION_LAG));
    }

    private synchronized LocalIdentity add(LocalIdentity identity, Instant replicatedAt) {
        entries.put(identity.id(), new Entry(identity, UUID.randomUUID().toString(), replicatedAt));
        return identity;
    }

    /** Removes a principal, for instance the identity of a server that was switched off. */
    public synchronized void remove(String id) {
        entries.remove(id);
    }

    /** Returns a principal. */
    public synchronized Optional<LocalIdentity> find(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::identity);
    }

    /** Returns a principal if the replication lag has passed. */
    public synchronized Optional<LocalIdentity> findReplicated(String id) {
        return Optional.ofNullable(entries.get(id))
                .filter(entry -> !entry.replicatedAt().isAfter(time.now()))
                .map(Entry::identity);
    }

    /** Returns the secret with which a principal signs in at the token endpoint. */
    public synchronized String secret(LocalIdentity identity) {
        return Optional.ofNullable(entries.get(identity.id()))
                .map(Entry::secret)
                .orElseThrow(() -> new IllegalArgumentException(identity.displayName() + " is not in this tenant"));
    }
}
