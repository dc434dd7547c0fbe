package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.postgresqlflexibleserver.PostgreSqlManager;
import com.azure.resourcemanager.postgresqlflexibleserver.fluent.models.ConfigurationInner;
import com.azure.resourcemanager.postgresqlflexibleserver.models.Configuration;
import com.azure.resourcemanager.postgresqlflexibleserver.models.Database;
import com.azure.resourcemanager.postgresqlflexibleserver.models.IdentityType;
import com.azure.resourcemanager.postgresqlflexibleserver.models.Server;
import com.azure.resourcemanager.postgresqlflexibleserver.models.UserAssignedIdentity;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The real ARM SDK, over real HTTP, against one server that goes through what a mirror asks of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArmSdkTest {
    private static final String GROUP = "rg-data";
    private static LocalAzure azure;
    private static LocalServer server;
    private static PostgreSqlManager arm;

    @BeforeAll
    static void start() {
        azure = LocalAzure.start();
        server = azure.server("pg-orders").sql("orders", "create table t (id int)");
        String subscription = server.id().subscriptionId();
        arm = PostgreSqlManager.configure()
                .withHttpClient(azure.httpClient())
                .withLogOptions(new HttpLogOptions())
                .withDefaultPollInterval(Duration.ofMillis(50))
                .authenticate(
                        azure.credential(), new AzureProfile(azure.tenantId(), subscription, AzureEnvironment.AZURE));
    }

    @AfterAll
    static void close() {
        azure.close();
    }

    @Test
    @Order(1)
    void get_newServer_isAnOrdinaryOne() {
        Server found = arm.servers().getByResourceGroup(GROUP, "pg-orders");

        assertThat(found.fullyQualifiedDomainName()).isEqualTo("pg-orders.postgres.database.azure.com");
        assertThat(found.version().toString())
                .isEqualTo(server.query("postgres", "show server_version").replaceAll("\\..*", ""));
        assertThat(found.sku().tier().toString()).isEqualTo("GeneralPurpose");
        assertThat(found.identity()).isNull();
        assertThat(found.network().publicNetworkAccess().toString()).isEqualTo("Enabled");
        assertThat(found.authConfig().passwordAuth().toString()).isEqualTo("Enabled");
        assertThat(arm.firewallRules().listByServer(GROUP, "pg-orders")).isEmpty();
        assertThat(arm.databases().listByServer(GROUP, "pg-orders"))
                .extracting(Database::name)
                .containsExactly("orders", "postgres");
        assertThat(arm.servers().list()).hasSize(1);
    }

    @Test
    @Order(2)
    void get_unknownServer_isAManagementException() {
        assertThatThrownBy(() -> arm.servers().getByResourceGroup(GROUP, "nothing"))
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("was not found");
    }

    @Test
    @Order(3)
    void listParameters_comesInPages_withTheServersOwnValues() {
        List<Configuration> all =
                arm.configurations().listByServer(GROUP, "pg-orders").stream().toList();

        assertThat(all).hasSizeGreaterThan(300);
        assertThat(all).extracting(Configuration::name).contains("wal_level", "azure.mirror_databases");
        assertThat(azure.calls(new Call("Configurations_ListByServer"))).hasSizeGreaterThan(3);
    }

    @Test
    @Order(4)
    void putParameter_thatNeedsARestart_isPendingAndTheServerSaysSoToo() {
        ConfigurationInner set = arm.serviceClient()
                .getConfigurations()
                .beginPut(
                        GROUP,
                        "pg-orders",
                        "wal_level",
                        new ConfigurationInner().withValue("logical").withSource("user-override"))
                .getFinalResult();

        assertThat(set.value()).isEqualTo("logical");
        assertThat(set.isConfigPendingRestart()).isTrue();
        assertThat(server.query("postgres", "show wal_level")).isEqualTo("replica");
    }

    @Test
    @Order(5)
    void putParameter_withAValueThatIsNotAllowed_isRefused() {
        assertThatThrownBy(() -> arm.serviceClient()
                        .getConfigurations()
                        .beginPut(GROUP, "pg-orders", "wal_level", new ConfigurationInner().withValue("huge"))
                        .getFinalResult())
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("not in the allowed values");
    }

    @Test
    @Order(6)
    void change_whileAnotherIsInProgress_isServerIsBusy() {
        arm.serviceClient().getServers().beginRestart(GROUP, "pg-orders");

        assertThatThrownBy(() -> arm.serviceClient().getServers().beginRestart(GROUP, "pg-orders"))
                .isInstanceOf(ManagementException.class)
                .satisfies(e -> assertThat(((ManagementException) e).getValue().getCode())
                        .isEqualTo("ServerIsBusy"));
    }

    @Test
    @Order(7)
    void restart_appliesWhatWasPending() throws InterruptedException {
        azure.pacer().pause(Duration.ofSeconds(5));

        assertThat(server.query("postgres", "show wal_level")).isEqualTo("logical");
        assertThat(arm.configurations().get(GROUP, "pg-orders", "wal_level").isConfigPendingRestart())
                .isFalse();
    }

    @Test
    @Order(8)
    void updateIdentity_givesAPrincipalThatTheServerKnows() {
        Server changed = arm.servers()
                .getByResourceGroup(GROUP, "pg-orders")
                .update()
                .withIdentity(new UserAssignedIdentity().withType(IdentityType.SYSTEM_ASSIGNED))
                .apply();

        assertThat(changed.identity().type()).isEqualTo(IdentityType.SYSTEM_ASSIGNED);
        assertThat(server.principalId()).contains(changed.identity().principalId());
        assertThat(server.query("orders", "show azure.service_principal_id"))
                .isEqualTo(changed.identity().principalId());
    }

    @Test
    @Order(9)
    void enablingMirroring_registersTheExtensionInTheDatabaseNamed() {
        put("azure.fabric_mirror_enabled", "on");
        put("azure.mirror_databases", "orders");

        assertThat(server.query("orders", "select extname from pg_extension where extname = 'azure_cdc'"))
                .isEqualTo("azure_cdc");
        assertThat(server.query("postgres", "select count(*) from pg_extension where extname = 'azure_cdc'"))
                .isEqualTo("0");
        assertThat(server.query("orders", "select data from azure_cdc.check_prerequisites()"))
                .contains("MAX_WORKER_PROCESSES_TOO_LOW");
    }

    @Test
    @Order(10)
    void firewallRule_isMadeListedAndDeleted() {
        arm.firewallRules()
                .define("AllowAzureServices")
                .withExistingFlexibleServer(GROUP, "pg-orders")
                .withStartIpAddress("0.0.0.0")
                .withEndIpAddress("0.0.0.0")
                .create();
        assertThat(server.firewallRules()).containsEntry("AllowAzureServices", "0.0.0.0-0.0.0.0");

        arm.firewallRules().delete(GROUP, "pg-orders", "AllowAzureServices");
        assertThat(server.firewallRules()).isEmpty();
    }

    @Test
    @Order(11)
    void change_byAReader_isForbidden() {
        azure.serverRole(azure.caller(), "Reader");
        try {
            assertThat(arm.servers().getByResourceGroup(GROUP, "pg-orders").name())
                    .isEqualTo("pg-orders");
            assertThatThrownBy(() -> put("azure.mirror_databases", ""))
                    .isInstanceOf(ManagementException.class)
                    .hasMessageContaining("does not have authorization");
        } finally {
            azure.serverRole(azure.caller(), "Owner");
        }
    }

    @Test
    @Order(12)
    void login_withAWrongPasswordOrWithoutTls_isRefused() throws SQLException {
        server.connect("orders", "pgadmin", server.adminPassword()).close();

        assertThatThrownBy(() -> server.connect("orders", "pgadmin", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        server.entraOnly();
        assertThatThrownBy(() -> server.connect("orders", "pgadmin", server.adminPassword()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("pg_hba.conf");
        server.passwordAndEntra();
    }

    private static void put(String name, String value) {
        arm.serviceClient()
                .getConfigurations()
                .beginPut(GROUP, "pg-orders", name, new ConfigurationInner().withValue(value))
                .getFinalResult();
    }
}
