package io.fabricmirror.core.contract;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;
import io.fabricmirror.SecretRef;
import io.fabricmirror.ServerId;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.core.internal.azure.ArmServerControl;
import io.fabricmirror.core.internal.azure.FabricAdapter;
import io.fabricmirror.core.internal.azure.KeyVaultSecretStore;
import io.fabricmirror.core.internal.run.SystemPacer;
import io.fabricmirror.core.internal.sql.JdbcSourceDatabase;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.fabric.FabricClient;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.SourceDatabase.Login;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contracts of the ports, kept by the real adapters in a tenant of the caller's. */
@EnabledIfEnvironmentVariable(
        named = LiveContractsIT.VARIABLE,
        matches = ".+",
        disabledReason = "FABRIC_MIRROR_LIVE names no file that says which tenant to use; see docs/testkit.md")
class LiveContractsIT extends Ground {
    static final String VARIABLE = "FABRIC_MIRROR_LIVE";

    private static final HttpClient HTTP = FabricClient.defaultHttpClient();
    private static final Properties SETTINGS = new Properties();
    private static TokenCredential credential;

    @BeforeAll
    static void read() throws IOException {
        try (Reader file = Files.newBufferedReader(Path.of(System.getenv(VARIABLE)))) {
            SETTINGS.load(file);
        }
        credential = new DefaultAzureCredentialBuilder().httpClient(HTTP).build();
    }

    private static String setting(String name) {
        return Objects.requireNonNull(SETTINGS.getProperty(name), () -> "The file of " + VARIABLE + " has no " + name);
    }

    @Override
    ServerControl serverControl() {
        return new ArmServerControl(Cloud.PUBLIC, credential, HTTP, null, SystemPacer.INSTANCE);
    }

    @Override
    ServerId server() {
        return ServerId.parse(setting("server"));
    }

    @Override
    SecretStore secrets() {
        return new KeyVaultSecretStore(Cloud.PUBLIC, credential, HTTP, SystemPacer.INSTANCE);
    }

    @Override
    String vault() {
        return setting("vault");
    }

    @Override
    SourceDatabase source() {
        return new JdbcSourceDatabase(Map.of());
    }

    @Override
    Login login() {
        return new Login(
                serverControl().server(server()).host(),
                setting("database"),
                setting("user"),
                secrets()
                        .read(SecretRef.keyVault(vault(), setting("secret")))
                        .orElseThrow()
                        .value());
    }

    @Override
    FabricControl fabricControl() {
        return new FabricAdapter(Cloud.PUBLIC, credential, HTTP, SystemPacer.INSTANCE);
    }

    @Override
    WorkspaceRef workspaceRef() {
        return WorkspaceRef.named(setting("workspace"));
    }
}
