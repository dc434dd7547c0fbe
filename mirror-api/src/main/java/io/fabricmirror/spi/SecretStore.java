package io.fabricmirror.spi;

import io.fabricmirror.MirrorException;
import io.fabricmirror.SecretRef;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and stores secrets: Azure Key Vault. Implementations are thread-safe. */
public interface SecretStore {
    /**
     * Returns the newest enabled version of a secret, or empty if there is no such secret. Empty means <em>absent</em>, proved by the
     * vault; a vault that may not be read or cannot be reached, and a secret that is deleted but held, are exceptions.
     *
     * @param secret which secret
     * @return the secret, or empty if the vault says that it does not exist
     * @throws NetworkClosedException if the vault's network does not admit this host
     * @throws MirrorException with code {@code SECRET_FORBIDDEN}, {@code SECRET_DISABLED}, {@code SECRET_DELETED} or
     *     {@code VAULT_NOT_REACHABLE}
     */
    Optional<StoredSecret> read(SecretRef secret);

    /**
     * Stores a new version of a secret.
     *
     * @param secret which secret
     * @param value the value
     * @return what was stored
     * @throws MirrorException if it was refused
     * @throws io.fabricmirror.OutcomeUnknownException if no answer came
     */
    StoredSecret store(SecretRef secret, Secret value);

    /**
     * A version of a secret.
     *
     * @param value the secret
     * @param version the vault's name of the version
     * @param storedAt when it was stored; null if the vault does not tell
     */
    record StoredSecret(
            Secret value, String version, @Nullable Instant storedAt) {}
}
