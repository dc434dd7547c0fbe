package io.fabricmirror.core.internal.scene;

import io.fabricmirror.core.internal.sql.SqlProblems;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.SourceDatabase.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the run's logins open, one for each role and database. Not thread-safe. */
final class Sessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final int ANSWER_SECONDS = 10;

    private final SourceDatabase source;
    private final Map<String, Connection> open = new HashMap<>();

    Sessions(SourceDatabase source) {
        this.source = source;
    }

    /** Returns the open login of that role to that database, or logs in. */
    Connection of(String user, String database, Supplier<Login> login, String passwordFrom) {
        Connection known = open.get(key(user, database));
        try {
            if (known != null && !known.isClosed()) {
                return known;
            }
        } catch (SQLException e) {
            throw SqlProblems.statement(e);
        }

        // Only now, because the password may be a token that is good for a while only.
        Login fresh = login.get();
        try {
            Connection connection = source.connect(fresh);
            open.put(key(user, database), connection);
            return connection;
        } catch (SQLException e) {
            throw SqlProblems.login(e, fresh, passwordFrom);
        }
    }

    /** Tells whether the server still answers that login, which it does only if the login was made and never ended since. */
    boolean isAlive(String user, String database) {
        Connection connection = open.get(key(user, database));
        try {
            return connection != null && connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            throw new IllegalStateException("a negative time limit", e);
        }
    }

    /** Ends one login; the next use logs in anew. */
    void end(String user, String database) {
        Connection connection = open.remove(key(user, database));
        if (connection != null) {
            end(connection);
        }
    }

    /** Ends every login; the next use logs in anew. */
    @Override
    public void close() {
        open.values().forEach(Sessions::end);
        open.clear();
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection did not close cleanly", e);
        }
    }

    private static String key(String user, String database) {
        return user + "@" + database;
    }
}
