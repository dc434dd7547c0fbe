package io.fabricmirror.core.internal.sql;

import io.fabricmirror.spi.SourceDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLException;

/** Logs in with the PostgreSQL JDBC driver. Thread-safe. */
public final class JdbcSourceDatabase implements SourceDatabase {
    private static final Map<String, String> DEFAULTS = Map.of(
            "ApplicationName",
            "fabric-mirror",
            // With the version assumed, the name is there from the first moment of the session.
            "assumeMinServerVersion",
            "14",
            "sslmode",
            "verify-full",
            "gssEncMode",
            "disable",
            // Seconds. A server that is gone without a word must not hold a run for the kernel's fifteen minutes.
            "connectTimeout",
            "10",
            "loginTimeout",
            "30",
            "socketTimeout",
            "180",
            "tcpKeepAlive",
            "true",
            // Even looking at a table waits for whoever has locked it; a run must not hang behind a migration.
            "options",
            "-c lock_timeout=3s");

    static {
        try {
            // In a servlet container nobody else loads the driver.
            Class.forName("org.postgresql.Driver");
        } catch (ClassNotFoundException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int POSTGRES = 5432;

    private final Map<String, String> properties;

    /**
     * Returns a source.
     *
     * @param properties driver properties that win over the defaults; user and password are always the login's
     */
    public JdbcSourceDatabase(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    @Override
    public Connection connect(Login login) throws SQLException {
        Properties all = of(login.user());
        // Beside the URL, never in it: the driver quotes the URL in messages.
        all.setProperty("password", login.password().reveal());
        try {
            return DriverManager.getConnection(url(login), all);
        } catch (SQLException e) {
            throw mayBeTls(e) ? withCertificates(e, login, all) : e;
        }
    }

    @Override
    public void knock(String host, String user) {
        try {
            DriverManager.getConnection("jdbc:postgresql://" + host + "/postgres", of(user))
                    .close();
        } catch (SQLException e) {
            KnockProblems.check(host, e);
        }
    }

    private Properties of(String user) {
        Properties all = new Properties();
        all.putAll(DEFAULTS);
        if (!properties.containsKey("sslrootcert")) {
            // The JVM's trust store. The driver's own default is a file in the home directory that hardly anybody has.
            all.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        all.putAll(properties);
        all.setProperty("user", user);
        return all;
    }

    /** Tells whether the server was reached and its certificate may be what is wrong: the driver has no state of its own for that. */
    private static boolean mayBeTls(SQLException e) {
        return "08006".equals(e.getSQLState()) && (e.getCause() == null || e.getCause() instanceof SSLException);
    }

    private static SQLException withCertificates(SQLException e, Login login, Properties properties) {
        // Host and port as the URL has them.
        int colon = login.host().lastIndexOf(':');
        String host = colon < 0 ? login.host() : login.host().substring(0, colon);
        int port = colon < 0 ? POSTGRES : Integer.parseInt(login.host().substring(colon + 1));
        String shown = ServerCertificates.describe(host, port, properties);
        return shown.isEmpty() ? e : new CertificateRefused(e.getMessage() + "; " + shown, e);
    }

    private static String url(Login login) {
        return "jdbc:postgresql://" + login.host() + "/" + URLEncoder.encode(login.database(), StandardCharsets.UTF_8);
    }
}
