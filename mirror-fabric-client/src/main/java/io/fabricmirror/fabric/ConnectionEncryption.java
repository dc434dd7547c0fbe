package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * Whether Fabric encrypts its way to the source. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record ConnectionEncryption(String value) {
    /** Always; this client sends it unless told otherwise. */
    public static final ConnectionEncryption ENCRYPTED = new ConnectionEncryption("Encrypted");

    /** Tries encrypted first, then not. */
    public static final ConnectionEncryption ANY = new ConnectionEncryption("Any");

    /** Never; what Fabric takes if nothing is sent. */
    public static final ConnectionEncryption NOT_ENCRYPTED = new ConnectionEncryption("NotEncrypted");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public ConnectionEncryption {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
