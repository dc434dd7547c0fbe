package io.fabricmirror.core.internal.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import io.fabricmirror.SecretRef;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.SecretStore.StoredSecret;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalVault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The real Key Vault library against the local Azure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyVaultSecretStoreIT {
    private LocalAzure azure;
    private SecretStore store;

    @BeforeAll
    void start() {
        azure = LocalAzure.start();
        store = new KeyVaultSecretStore(Cloud.PUBLIC, azure.credential(), azure.httpClient(), azure.pacer());
    }

    @AfterAll
    void close() {
        azure.close();
    }

    @Test
    void store_twice_readGivesTheNewest() {
        LocalVault vault = azure.vault("kv-newest");
        assertThat(store.read(in(vault))).isEmpty();

        StoredSecret first = store.store(in(vault), Secret.of("one"));
        StoredSecret second = store.store(in(vault), Secret.of("two"));

        assertThat(store.read(in(vault))).contains(second);
        assertThat(vault.versions("orders-fabric-user")).containsExactly(first.version(), second.version());
        assertThat(vault.value("orders-fabric-user")).contains("two");
    }

    @Test
    @Tag("G25")
    void read_noPermission_isNotTakenForAbsent() {
        LocalVault vault = azure.vault("kv-forbidden").permissions("set");

        assertThatThrownBy(() -> store.read(in(vault)))
                .hasMessageStartingWith(
                        "SECRET_FORBIDDEN: secret \"orders-fabric-user\" in kv-forbidden may not be read")
                .hasMessageContaining("Key Vault Secrets User");
    }

    @Test
    @Tag("G25")
    void read_networkClosed_isNotTakenForAbsent() {
        LocalVault vault = azure.vault("kv-closed").closeNetwork();

        assertThatThrownBy(() -> store.read(in(vault)))
                .hasMessageStartingWith("VAULT_CLOSED: ")
                .hasMessageContaining("private endpoint");
    }

    @Test
    @Tag("G25")
    void read_newestVersionDisabled_isNotTakenForAbsent() {
        LocalVault vault = azure.vault("kv-disabled").put("orders-fabric-user", "one");
        SecretClient client = client(vault);
        SecretProperties properties = client.getSecret("orders-fabric-user").getProperties();
        client.updateSecretProperties(properties.setEnabled(false));

        assertThatThrownBy(() -> store.read(in(vault))).hasMessageStartingWith("SECRET_DISABLED: ");
    }

    @Test
    void store_forbidden_changesNothing() {
        LocalVault vault =
                azure.vault("kv-readonly").put("orders-fabric-user", "one").permissions("get");

        assertThatThrownBy(() -> store.store(in(vault), Secret.of("two")))
                .hasMessageStartingWith(
                        "SECRET_FORBIDDEN: secret \"orders-fabric-user\" in kv-readonly may not be stored");
        assertThat(vault.value("orders-fabric-user")).contains("one");
        assertThat(azure.calls(Call.SET_SECRET).stream()
                        .filter(c -> c.host().contains("kv-readonly") && c.status() == 200))
                .isEmpty();
    }

    @Test
    void store_nameOfADeletedSecret_saysHowToGetItBack() {
        LocalVault vault = azure.vault("kv-deleted").put("orders-fabric-user", "one");
        client(vault).beginDeleteSecret("orders-fabric-user").poll();

        assertThatThrownBy(() -> store.read(in(vault))).hasMessageStartingWith("SECRET_DELETED: ");
        assertThatThrownBy(() -> store.store(in(vault), Secret.of("two"))).hasMessageStartingWith("SECRET_DELETED: ");
    }

    private SecretClient client(LocalVault vault) {
        return new SecretClientBuilder()
                .vaultUrl(vault.url())
                .credential(azure.credential())
                .httpClient(azure.httpClient())
                .buildClient();
    }

    private static SecretRef in(LocalVault vault) {
        return SecretRef.keyVault(vault.url(), "orders-fabric-user");
    }
}
