package io.fabricmirror.core.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.SourceDatabase.Login;
import io.fabricmirror.testkit.LocalAzure;
import io.fabricmirror.testkit.LocalServer;
import java.security.cert.CertPathBuilderException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The real driver against a real PostgreSQL. */
@Tag("postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcSourceDatabaseIT {
    private static final String ODD_DATABASE = "a/b?user=x&%41 \"é\"";

    private LocalAzure azure;
    private LocalServer server;
    private SourceDatabase source;

    @BeforeAll
    void start() {
        azure = LocalAzure.start();
        server = azure.server("pg-orders").sql("orders", "select 1").sql(ODD_DATABASE, "select 1");
        source = new JdbcSourceDatabase(azure.jdbcProperties());
    }

    @AfterAll
    void close() {
        azure.close();
    }

    @Test
    void connect_rightPassword_isEncryptedNamedAndCommitsEachStatement() throws SQLException {
        try (Connection connection = source.connect(admin("orders", server.adminPassword()))) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(ask(connection, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                    .isEqualTo("t");
            assertThat(ask(connection, "select application_name from pg_stat_activity where pid = pg_backend_pid()"))
                    .isEqualTo("fabric-mirror");
        }
    }

    @Test
    @Tag("G29")
    void connect_oddDatabaseName_reachesThatDatabase() throws SQLException {
        try (Connection connection = source.connect(admin(ODD_DATABASE, server.adminPassword()))) {
            assertThat(ask(connection, "select current_database() || ' ' || current_user"))
                    .isEqualTo(ODD_DATABASE + " pgadmin");
        }
    }

    @Test
    @Tag("G26")
    void connect_wrongPassword_isRefusedWithoutIt() {
        assertThatThrownBy(() -> source.connect(admin("orders", "wr0ng-s3cret")))
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("28P01"))
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("wr0ng-s3cret"));
    }

    @Test
    void connect_certificateOfAnUnknownAuthority_isNotTrusted() {
        Map<String, String> withoutAuthority = new HashMap<>(azure.jdbcProperties());
        withoutAuthority.remove("sslrootcert");

        assertThatThrownBy(
                        () -> new JdbcSourceDatabase(withoutAuthority).connect(admin("orders", server.adminPassword())))
                .isInstanceOf(SQLException.class)
                .hasRootCauseInstanceOf(CertPathBuilderException.class)
                .hasMessageContaining("the certificate of CN=")
                .hasMessageContaining("was issued by")
                .satisfies(e -> assertThat(Throwables.getStackTrace(e)).contains(SSLHandshakeException.class.getName()))
                .satisfies(e -> assertThat(SqlProblems.login((SQLException) e, admin("orders", "x"), "vault/secret")
                                .problem()
                                .text())
                        .contains("TLS_NOT_TRUSTED", "was issued by", "trust store"));
    }

    @Test
    void connect_unknownServer_cannotBeReached() {
        assertThatThrownBy(() -> source.connect(
                        new Login("pg-nobody.postgres.database.azure.com", "orders", "pgadmin", Secret.of("x"))))
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).startsWith("08"));
    }

    private Login admin(String database, String password) {
        return new Login(server.fqdn(), database, server.adminLogin(), Secret.of(password));
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
