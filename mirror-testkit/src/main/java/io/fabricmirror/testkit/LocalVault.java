package io.fabricmirror.testkit;

import io.fabricmirror.testkit.internal.vault.NetworkRules;
import io.fabricmirror.testkit.internal.vault.Vault;
import java.util.List;
import java.util.Map;
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
     * Switches public network access off: no caller gets through.
     *
     * @return this
     */
    public LocalVault closeNetwork() {
        vault.network(vault.network().withPublicAccess(false));
        return this;
    }

    /**
     * Lets only some addresses through the firewall. Callers of this process come from {@link LocalAzure#CALLERS_ADDRESS}.
     *
     * @param ranges addresses or ranges such as {@code 198.51.100.0/24}; none of them closes the vault to all
     * @return this
     */
    public LocalVault admitOnly(String... ranges) {
        vault.network(vault.network().withOnly(List.of(ranges)));
        return this;
    }

    /**
     * Lets every caller through the network again.
     *
     * @return this
     */
    public LocalVault openNetwork() {
        vault.network(NetworkRules.OPEN);
        return this;
    }

    /**
     * Tells whether public network access is on.
     *
     * @return false when no caller gets through
     */
    public boolean publicAccess() {
        return vault.network().publicAccess();
    }

    /**
     * Returns what the firewall lets through.
     *
     * @return addresses and ranges; {@code 0.0.0.0/0} when it lets everybody through
     */
    public List<String> admitted() {
        return vault.network().allowsByDefault()
                ? List.of("0.0.0.0/0")
                : vault.network().addresses();
    }

    /**
     * Sets or replaces a tag, as somebody else might.
     *
     * @param name the tag's name
     * @param value its value
     * @return this
     */
    public LocalVault tag(String name, String value) {
        vault.tag(name, value);
        return this;
    }

    /**
     * Removes a tag, if it is there.
     *
     * @param name the tag's name
     * @return this
     */
    public LocalVault removeTag(String name) {
        vault.removeTag(name);
        return this;
    }

    /**
     * Returns the tags.
     *
     * @return values by name
     */
    public Map<String, String> tags() {
        return vault.tags();
    }

    /**
     * Returns the vault's resource id.
     *
     * @return the id
     */
    public String resourceId() {
        return vault.resourceId();
    }
}
