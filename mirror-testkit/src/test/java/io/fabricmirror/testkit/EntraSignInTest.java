package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.postgresqlflexibleserver.PostgreSqlManager;
import com.azure.resourcemanager.postgresqlflexibleserver.models.PrincipalType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in to PostgreSQL with a token of Microsoft Entra as the password. */
class EntraSignInTest {
    private static final String SCOPE = "https://ossrdbms-aad.database.windows.net/.default";

    private static LocalAzure azure;
    private static LocalServer server;
    private static LocalIdentity robot;

    @BeforeAll
    static void start() {
        azure = LocalAzure.builder().withoutHttp().start();
        robot = azure.identity("mirror-automation");
        server = azure.server("pg-orders").passwordAndEntra().entraAdmin(robot);
    }

    @AfterAll
    static void close() {
        azure.close();
    }

    private static String token(LocalIdentity identity, String scope) {
        return azure.credential(identity)
                .getTokenSync(new TokenRequestContext().addScopes(scope))
                .getToken();
    }

    @Test
    void login_administratorWithAToken_mayMakeRoles() throws SQLException {
        try (Connection session = server.connect("postgres", robot.displayName(), token(robot, SCOPE));
                Statement statement = session.createStatement()) {
            statement.execute("create role made_by_the_robot");
            try (ResultSet rows = statement.executeQuery(
                    "select current_user, pg_has_role('azure_pg_admin', 'usage'), (select ssl from pg_stat_ssl where pid = pg_backend_pid())")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("mirror-automation");
                assertThat(rows.getBoolean(2)).isTrue();
            }
        }
    }

    @Test
    void login_tokenOfAnotherOrForAnotherService_isRefused() {
        LocalIdentity other = azure.identity("other");

        assertThatThrownBy(() -> server.connect("postgres", robot.displayName(), token(other, SCOPE)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("access token not valid for role \"mirror-automation\"");
        assertThatThrownBy(() -> server.connect(
                        "postgres", robot.displayName(), token(robot, "https://management.azure.com/.default")))
                .hasMessageContaining("access token not valid");
        assertThatThrownBy(() -> server.connect("postgres", robot.displayName(), "no-token"))
                .hasMessageContaining("access token not valid");
        assertThatThrownBy(() -> server.connect("postgres", other.displayName(), token(other, SCOPE)))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void login_secondTokenOfTheSamePrincipal_leavesTheFirstOneGood() throws SQLException {
        String first = token(robot, SCOPE);
        String second = token(robot, SCOPE);

        assertThat(second).isNotEqualTo(first);
        server.connect("postgres", robot.displayName(), second).close();
        server.connect("postgres", robot.displayName(), first).close();
    }

    @Test
    void login_expiredToken_isRefused() {
        try (LocalAzure own = LocalAzure.builder().withoutHttp().start()) {
            LocalIdentity app = own.identity("app");
            LocalServer fresh = own.server("pg-fresh").passwordAndEntra().entraAdmin(app);
            String token = own.credential(app)
                    .getTokenSync(new TokenRequestContext().addScopes(SCOPE))
                    .getToken();
            own.expireTokens();

            assertThatThrownBy(() -> fresh.connect("postgres", "app", token))
                    .hasMessageContaining("access token not valid");
        }
    }

    @Test
    void login_passwordBesideEntra_isJudgedByPostgresql() throws SQLException {
        server.connect("postgres", "pgadmin", server.adminPassword()).close();

        assertThatThrownBy(() -> server.connect("postgres", "pgadmin", "wrong"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void principal_mappedByAnAdministrator_signsInWithItsToken() throws SQLException {
        LocalIdentity mirror = azure.identity("mirror-reader");
        try (Connection session = server.connect("postgres", robot.displayName(), token(robot, SCOPE));
                Statement statement = session.createStatement()) {
            statement.execute("select * from pgaadauth_create_principal_with_oid('fabric_reader', '" + mirror.id()
                    + "', 'service', false, false)");
            assertThatThrownBy(() -> statement.execute("select pgaadauth_create_principal_with_oid('fabric_reader', '"
                            + mirror.id() + "', 'service', false, false)"))
                    .hasMessageContaining("already exists");
            statement.execute("grant fabric_reader to \"mirror-automation\"");
        }

        server.connect("postgres", "fabric_reader", token(mirror, SCOPE)).close();
        assertThat(server.query(
                        "postgres",
                        "select objectid from pgaadauth_list_principals(false) where rolname = 'fabric_reader'"))
                .isEqualTo(mirror.id());
    }

    @Test
    void principal_mappedByThePasswordAdministrator_isRefused() throws SQLException {
        try (Connection session = server.connect("postgres", "pgadmin", server.adminPassword());
                Statement statement = session.createStatement()) {
            assertThatThrownBy(() -> statement.execute("select pgaadauth_create_principal('x', false, false)"))
                    .hasMessageContaining("only a Microsoft Entra administrator");
        }
    }

    @Test
    void administrator_throughArm_isMadeListedAndTakenAway() throws SQLException {
        LocalIdentity person = azure.person("Ann");
        LocalServer fresh = azure.server("pg-arm");
        PostgreSqlManager arm = PostgreSqlManager.configure()
                .withHttpClient(azure.httpClient())
                .withLogOptions(new HttpLogOptions())
                .withDefaultPollInterval(Duration.ofMillis(50))
                .authenticate(
                        azure.credential(),
                        new AzureProfile(azure.tenantId(), fresh.id().subscriptionId(), AzureEnvironment.AZURE));
        assertThatThrownBy(() -> makeAdministrator(arm, person))
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("not enabled");

        fresh.passwordAndEntra();
        makeAdministrator(arm, person);

        assertThat(arm.administrators().listByServer("rg-data", "pg-arm"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.principalName()).isEqualTo("Ann");
                    assertThat(found.objectId()).isEqualTo(person.id());
                    assertThat(found.principalType()).isEqualTo(PrincipalType.USER);
                });
        fresh.connect("postgres", "Ann", token(person, SCOPE)).close();

        arm.administrators().delete("rg-data", "pg-arm", person.id());
        assertThat(arm.administrators().listByServer("rg-data", "pg-arm")).isEmpty();
        assertThatThrownBy(() -> fresh.connect("postgres", "Ann", token(person, SCOPE)))
                .isInstanceOf(SQLException.class);
    }

    private static void makeAdministrator(PostgreSqlManager arm, LocalIdentity person) {
        arm.administrators()
                .define(person.id())
                .withExistingFlexibleServer("rg-data", "pg-arm")
                .withPrincipalName(person.displayName())
                .withPrincipalType(PrincipalType.USER)
                .create();
    }

    @Test
    void entraOnly_passwordIsRefusedAndTokenAccepted() throws SQLException {
        LocalServer only = azure.server("pg-only").entraOnly().entraAdmin(robot);

        assertThatThrownBy(() -> only.connect("postgres", "pgadmin", only.adminPassword()))
                .hasMessageContaining("pg_hba.conf");
        only.connect("postgres", robot.displayName(), token(robot, SCOPE)).close();
    }
}
