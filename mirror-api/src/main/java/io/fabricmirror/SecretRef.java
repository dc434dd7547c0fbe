package io.fabricmirror;

import java.net.URI;
import java.util.Objects;

/**
 * Points at a secret in Azure Key Vault; never holds one. Immutable.
 *
 * @param vault the vault's URI, such as {@code https://kv-main.vault.azure.net}
 * @param name the secret's name
 */
public record SecretRef(URI vault, String name) {
    /**
     * Rejects what cannot name a secret.
     *
     * @param vault an absolute https URI
     * @param name letters, digits and hyphens, 1 to 127 characters (Key Vault's own rule)
     */
    public SecretRef {
        if (!"https".equalsIgnoreCase(Objects.requireNonNull(vault, "vault").getScheme()) || vault.getHost() == null) {
            throw new IllegalArgumentException("\"" + vault
                    + "\" is not a vault URI. Give https://{vault}.vault.azure.net, without a secret's path");
        }
        if (!Objects.requireNonNull(name, "name").matches("[0-9a-zA-Z-]{1,127}")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" cannot name a secret: Key Vault takes 1 to 127 letters, digits and hyphens");
        }
    }

    /**
     * Points at the newest enabled version of a secret.
     *
     * @param vaultUri the vault's URI, such as {@code https://kv-main.vault.azure.net}
     * @param name the secret's name
     * @return the reference
     * @throws IllegalArgumentException if the URI is not https or the name is not one Key Vault takes
     */
    public static SecretRef keyVault(String vaultUri, String name) {
        return new SecretRef(URI.create(vaultUri), name);
    }

    /**
     * Returns the vault's short name.
     *
     * @return the first label of the vault's host name
     */
    public String vaultName() {
        String host = vault.getHost();
        int dot = host.indexOf('.');
        return dot < 0 ? host : host.substring(0, dot);
    }

    /** Returns {@code vault/name}. */
    @Override
    public String toString() {
        return vaultName() + "/" + name;
    }
}
