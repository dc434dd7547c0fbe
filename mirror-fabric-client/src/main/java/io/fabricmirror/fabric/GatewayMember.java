package io.fabricmirror.fabric;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A machine of an on-premises gateway.
 *
 * @param id its id
 * @param displayName its name; empty text if not told
 * @param version the version installed; empty text if not told
 * @param enabled whether it takes part
 * @param publicKey what credentials for it are encrypted with, or null if not told
 */
public record GatewayMember(
        UUID id, String displayName, String version, boolean enabled, Gateway.@Nullable PublicKey publicKey) {
    /**
     * Rejects missing values.
     *
     * @param id must not be null
     * @param displayName must not be null
     * @param version must not be null
     * @param enabled whether it takes part
     * @param publicKey the key, or null
     */
    public GatewayMember {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(version, "version");
    }
}
