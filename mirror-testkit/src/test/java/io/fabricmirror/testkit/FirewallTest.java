package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.postgresqlflexibleserver.PostgreSqlManager;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The firewalls of servers and vaults, for callers who are outside, and what somebody else changes there. */
class FirewallTest {
    private final LocalAzure azure = LocalAzure.builder().withoutHttp().start();

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void login_fromOutside_needsARuleWithTheCallersAddress() throws SQLException {
        LocalServer server = azure.server("pg-orders").admitAzureServices().enforceFirewall();

        assertThatThrownBy(() -> login(server))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no pg_hba.conf entry for host \"203.0.113.10\", user \"pgadmin\"")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("28000");

        server.firewallRule("runner", "203.0.113.0", "203.0.113.20");
        login(server);
        assertThatThrownBy(() -> server.connect("postgres", "pgadmin", "wrong"))
                .hasMessageContaining("password authentication failed");

        server.removeFirewallRule("runner").firewallRule("neighbour", "203.0.113.11", "203.0.113.20");
        assertThatThrownBy(() -> login(server)).hasMessageContaining("no pg_hba.conf entry");
    }

    @Test
    void login_fromOutsideWithoutPublicAccess_findsNobody() {
        LocalServer server = azure.server("pg-private").noPublicAccess().enforceFirewall();

        assertThatThrownBy(() -> login(server)).isInstanceOf(SQLException.class).hasMessageContaining("failed");
    }

    @Test
    void login_fromOutsideWithoutTls_isRefused() {
        LocalServer server = azure.server("pg-orders")
                .enforceFirewall()
                .firewallRule("runner", LocalAzure.CALLERS_ADDRESS, LocalAzure.CALLERS_ADDRESS);

        assertThatThrownBy(() -> loginWithoutTls(server)).hasMessageContaining("no encryption");
    }

    private static void login(LocalServer server) throws SQLException {
        server.connect("postgres", server.adminLogin(), server.adminPassword()).close();
    }

    @Test
    void ruleAndTag_changedBySomebodyElseMeanwhile_areThereForTheNextRead() {
        LocalServer server = azure.server("pg-orders");
        PostgreSqlManager arm = PostgreSqlManager.configure()
                .withHttpClient(azure.httpClient())
                .withLogOptions(new HttpLogOptions())
                .withDefaultPollInterval(Duration.ofMillis(50))
                .authenticate(
                        azure.credential(),
                        new AzureProfile(azure.tenantId(), server.id().subscriptionId(), AzureEnvironment.AZURE));
        azure.faults()
                .on(Call.PUT_FIREWALL_RULE)
                .first()
                .after(() -> server.tag("owner", "other").firewallRule("theirs", "198.51.100.1", "198.51.100.1"));

        arm.firewallRules()
                .define("ours")
                .withExistingFlexibleServer("rg-data", "pg-orders")
                .withStartIpAddress("203.0.113.10")
                .withEndIpAddress("203.0.113.10")
                .create();

        assertThat(arm.firewallRules().listByServer("rg-data", "pg-orders"))
                .extracting(rule -> rule.name())
                .containsExactlyInAnyOrder("ours", "theirs");
        assertThat(arm.servers().getByResourceGroup("rg-data", "pg-orders").tags())
                .containsEntry("owner", "other");
    }

    @Test
    void vault_firewallClosed_refusesAndNamesTheAddressUntilARuleAdmitsIt() {
        LocalVault vault = azure.vault("kv-main").put("s", "v").admitOnly("198.51.100.0/24");

        assertThatThrownBy(() -> secrets(vault).getSecret("s"))
                .hasMessageContaining("Client address is not authorized")
                .hasMessageContaining("203.0.113.10")
                .hasMessageContaining("ForbiddenByFirewall");

        vault.admitOnly("198.51.100.0/24", "203.0.113.0/28");
        assertThat(secrets(vault).getSecret("s").getValue()).isEqualTo("v");
    }

    @Test
    void vault_throughArm_isReadOpenedAndTaggedWithoutTouchingOtherTags() {
        LocalVault vault =
                azure.vault("kv-main").put("s", "v").tag("cost", "42").closeNetwork();
        assertThat(arm(HttpMethod.GET, vault.resourceId(), "")
                        .at("/properties/publicNetworkAccess")
                        .asText())
                .isEqualTo("Disabled");
        assertThatThrownBy(() -> secrets(vault).getSecret("s")).hasMessageContaining("ForbiddenByConnection");

        arm(HttpMethod.PATCH, vault.resourceId(), """
                {"properties":{"publicNetworkAccess":"Enabled",
                               "networkAcls":{"defaultAction":"Deny","bypass":"AzureServices","ipRules":[{"value":"203.0.113.10"}]}}}
                """);
        assertThat(secrets(vault).getSecret("s").getValue()).isEqualTo("v");
        assertThat(arm(HttpMethod.GET, vault.resourceId(), "")
                        .at("/properties/networkAcls/ipRules/0/value")
                        .asText())
                .isEqualTo("203.0.113.10/32");

        String tags = vault.resourceId() + "/providers/Microsoft.Resources/tags/default";
        arm(HttpMethod.PATCH, tags, "{\"operation\":\"Merge\",\"properties\":{\"tags\":{\"lease\":\"a\"}}}");
        assertThat(vault.tags()).containsOnlyKeys("cost", "lease");
        arm(HttpMethod.PATCH, tags, "{\"operation\":\"Delete\",\"properties\":{\"tags\":{\"lease\":\"a\"}}}");
        assertThat(arm(HttpMethod.GET, tags, "").at("/properties/tags").toString())
                .isEqualTo("{\"cost\":\"42\"}");

        arm(HttpMethod.PATCH, vault.resourceId(), "{\"tags\":{\"only\":\"this\"}}");
        assertThat(vault.tags()).containsOnlyKeys("only");
        assertThat(vault.publicAccess()).isTrue();
        assertThat(vault.admitted()).containsExactly("203.0.113.10");
    }

    @Test
    void vault_badRangeOrUnknownVault_isRefused() {
        LocalVault vault = azure.vault("kv-main");

        assertThat(arm(
                                HttpMethod.PATCH,
                                vault.resourceId(),
                                "{\"properties\":{\"networkAcls\":{\"ipRules\":[{\"value\":\"nonsense\"}]}}}")
                        .at("/error/code")
                        .asText())
                .isEqualTo("BadRequest");
        assertThat(arm(HttpMethod.GET, vault.resourceId() + "2", "")
                        .at("/error/code")
                        .asText())
                .isEqualTo("ResourceNotFound");
    }

    private JsonNode arm(HttpMethod method, String path, String body) {
        String token = azure.credential()
                .getTokenSync(new TokenRequestContext().addScopes("https://management.azure.com/.default"))
                .getToken();
        String url = "https://management.azure.com" + path + "?api-version=2023-07-01";
        return new Rest(azure).send(method, url, body, token).body();
    }

    private SecretClient secrets(LocalVault vault) {
        return new SecretClientBuilder()
                .vaultUrl(vault.url())
                .credential(azure.credential())
                .httpClient(azure.httpClient())
                .httpLogOptions(new HttpLogOptions())
                .buildClient();
    }

    private void loginWithoutTls(LocalServer server) throws SQLException {
        Properties properties = new Properties();
        azure.jdbcProperties().forEach(properties::setProperty);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("user", server.adminLogin());
        properties.setProperty("password", server.adminPassword());
        DriverManager.getConnection("jdbc:postgresql://" + server.fqdn() + ":5432/postgres", properties)
                .close();
    }
}
