package io.fabricmirror.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabricmirror.spi.Secret;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.SourceDatabase.Login;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What every {@link SourceDatabase} keeps. Leaves nothing behind. */
public abstract class SourceDatabaseContract {
    private static final String WRONG = "wr0ng-s3cret";

    /** Called by JUnit. */
    protected SourceDatabaseContract() {
        super();
    }

    /**
     * Returns the implementation under test.
     *
     * @return the implementation
     */
    protected abstract SourceDatabase database();

    /**
     * Returns a login that works.
     *
     * @return where, as whom
     */
    protected abstract Login login();

    @Test
    void connect_login_isEncryptedAndCommitsEachStatement() throws SQLException {
        try (Connection connection = database().connect(login())) {
            assertTrue(connection.getAutoCommit());
            assertEquals(login().database(), ask(connection, "select current_database()"));
            assertEquals(login().user(), ask(connection, "select session_user"));
            assertEquals("t", ask(connection, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"));
        }
    }

    @Test
    void connect_twice_givesTwoSessions() throws SQLException {
        try (Connection one = database().connect(login());
                Connection other = database().connect(login())) {
            assertNotEquals(ask(one, "select pg_backend_pid()"), ask(other, "select pg_backend_pid()"));
        }
    }

    @Test
    void connect_wrongPassword_isRefusedWithoutShowingIt() {
        Login right = login();
        Login wrong = new Login(right.host(), right.database(), right.user(), Secret.of(WRONG));

        SQLException refused =
                assertThrows(SQLException.class, () -> database().connect(wrong).close());

        assertTrue(refused.getSQLState().startsWith("28"), "state " + refused.getSQLState());
        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains(WRONG), "the exception shows the password");
    }

    @Test
    void connect_hostThatIsNotThere_failsWithoutShowingThePassword() {
        Login right = login();
        Login nowhere = new Login("no-such-server." + right.host(), right.database(), right.user(), Secret.of(WRONG));

        SQLException failed = assertThrows(
                SQLException.class, () -> database().connect(nowhere).close());

        assertFalse(failed.toString().contains(WRONG), "the exception shows the password");
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
