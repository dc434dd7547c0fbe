package io.fabricmirror.testkit;

import io.fabricmirror.testkit.internal.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A key vault of the local Azure. Every principal of the tenant may use it, unless set otherwise. Thread-safe. */
public final class LocalVault {
    private final Vault vault;

    LocalVault(Vault vault) {
        this.vault = vault;
    }

    /**
     * Returns the vault's URL.
     *
     * @return for instance {@code https://kv-main.vault.azure.net}
     */
    public String url() {
        return vault.url();
    }

    /**
     * Stores a new version of a secret.
     *
     * @param secret the secret's name
     * @param value its value
     * @return this
     */
    public LocalVault put(String secret, String value) {
        vault.put(secret, value);
        return this;
    }

    /**
     * Returns the current value of a secret.
     *
     * @param secret the secret's name
     * @return the value; empty when there is no such secret
     */
    public Optional<String> value(String secret) {
        return vault.value(secret);
    }

    /**
     * Returns the versions of a secret.
     *
     * @param secret the secret's name
     * @return their ids, oldest first
     */
    public List<String> versions(String secret) {
        return vault.versionIds(secret);
    }

    /**
     * Sets what callers may do with secrets; everything unless set.
     *
     * @param permissions any of {@code get}, {@code list}, {@code set}, {@code delete}, {@code recover}, {@code purge}
     * @return this
     */
    public LocalVault permissions(String... permissions) {
        vault.permissions(Set.of(permissions));
        return this;
    }

    /**
     * Lets no caller through the vault's network rules.
     *
     * @return this
     */
    public LocalVault closeNetwork() {
        vault.reachable(false);
        return this;
    }

    /**
     * Lets callers through the vault's network rules again.
     *
     * @return this
     */
    public LocalVault openNetwork() {
        vault.reachable(true);
        return this;
    }
}
