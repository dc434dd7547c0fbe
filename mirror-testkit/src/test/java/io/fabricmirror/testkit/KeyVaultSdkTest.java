package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceModifiedException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.util.Context;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real Key Vault SDK, over real HTTP, with its challenge. */
class KeyVaultSdkTest {
    private final LocalAzure azure = LocalAzure.start();
    private final LocalVault vault = azure.vault("kv-main");
    private final SecretClient client = new SecretClientBuilder()
            .httpClient(azure.httpClient())
            .credential(azure.credential())
            .vaultUrl(vault.url())
            .buildClient();

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void secret_setTwice_hasTwoVersionsAndTheNewestCounts() {
        KeyVaultSecret first = client.setSecret("password", "one");
        client.setSecret("password", "two");

        assertThat(client.getSecret("password").getValue()).isEqualTo("two");
        assertThat(client.getSecret("password", first.getProperties().getVersion())
                        .getValue())
                .isEqualTo("one");
        assertThat(vault.versions("password")).hasSize(2);
        assertThat(client.listPropertiesOfSecretVersions("password")).hasSize(2);
        assertThat(client.listPropertiesOfSecrets()).hasSize(1);
    }

    @Test
    void secret_absentDisabledOrForbidden_areThreeThings() {
        vault.put("password", "one");

        assertThatThrownBy(() -> client.getSecret("nothing")).isInstanceOf(ResourceNotFoundException.class);

        client.updateSecretProperties(
                client.getSecret("password").getProperties().setEnabled(false));
        assertThatThrownBy(() -> client.getSecret("password"))
                .isInstanceOf(HttpResponseException.class)
                .hasMessageContaining("SecretDisabled");

        vault.permissions("list");
        assertThatThrownBy(() -> client.getSecret("password"))
                .isInstanceOf(HttpResponseException.class)
                .hasMessageContaining("ForbiddenByRbac");

        vault.closeNetwork();
        assertThatThrownBy(() -> client.getSecret("password"))
                .isInstanceOf(HttpResponseException.class)
                .hasMessageContaining("ForbiddenByConnection");
    }

    @Test
    void secret_deleted_holdsItsNameUntilRecoveredOrPurged() {
        client.setSecret("password", "one");
        client.beginDeleteSecret("password").waitForCompletion();

        assertThatThrownBy(() -> client.setSecret("password", "two")).isInstanceOf(ResourceModifiedException.class);

        client.beginRecoverDeletedSecret("password").waitForCompletion();
        assertThat(client.getSecret("password").getValue()).isEqualTo("one");

        client.beginDeleteSecret("password").waitForCompletion();
        client.purgeDeletedSecret("password");
        client.setSecret("password", "three");
        assertThat(vault.value("password")).contains("three");
    }

    @Test
    void secret_tags_comeBack() {
        KeyVaultSecret secret = new KeyVaultSecret("password", "one");
        secret.getProperties().setTags(Map.of("made-by", "test")).setContentType("text/plain");
        client.setSecretWithResponse(secret, Context.NONE);

        assertThat(client.getSecret("password").getProperties().getTags()).containsEntry("made-by", "test");
        assertThat(client.getSecret("password").getProperties().getContentType())
                .isEqualTo("text/plain");
    }
}
