package io.fabricmirror.core.contract;

import io.fabricmirror.ServerId;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.core.internal.azure.ArmServerControl;
import io.fabricmirror.core.internal.azure.FabricAdapter;
import io.fabricmirror.core.internal.azure.KeyVaultSecretStore;
import io.fabricmirror.core.internal.sql.JdbcSourceDatabase;
import io.fabricmirror.fabric.Cloud;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.SourceDatabase.Login;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contracts of the ports, kept by the real adapters over the local Azure. */
class LocalContractsIT extends Ground {
    private static LocalAzure azure;
    private static LocalServer server;

    @BeforeAll
    static void start() {
        azure = LocalAzure.start();
        server = azure.server("pg-orders").admitAzureServices().sql("orders", "select 1");
        azure.vault("kv-main");
        azure.workspace("Sales");
    }

    @AfterAll
    static void close() {
        azure.close();
    }

    @Override
    ServerControl serverControl() {
        return new ArmServerControl(Cloud.PUBLIC, azure.credential(), azure.httpClient(), null, azure.pacer());
    }

    @Override
    ServerId server() {
        return server.id();
    }

    @Override
    SecretStore secrets() {
        return new KeyVaultSecretStore(Cloud.PUBLIC, azure.credential(), azure.httpClient(), azure.pacer());
    }

    @Override
    String vault() {
        return azure.vault("kv-main").url();
    }

    @Override
    SourceDatabase source() {
        return new JdbcSourceDatabase(azure.jdbcProperties());
    }

    @Override
    Login login() {
        return new Login(server.fqdn(), "orders", server.adminLogin(), Secret.of(server.adminPassword()));
    }

    @Override
    FabricControl fabricControl() {
        return new FabricAdapter(Cloud.PUBLIC, azure.credential(), azure.httpClient(), azure.pacer());
    }

    @Override
    WorkspaceRef workspaceRef() {
        return WorkspaceRef.named("Sales");
    }
}
