package io.fabricmirror.spi;

import io.fabricmirror.MirrorException;
import java.sql.Connection;
import java.sql.SQLException;

/** Logs in to PostgreSQL. Implementations are thread-safe; the connections they return are not. */
public interface SourceDatabase {
    /**
     * Logs in. The connection checks the server's certificate in full, commits each statement by itself, and belongs to the caller, who
     * closes it.
     *
     * @param login where, as whom
     * @return an open connection
     * @throws SQLException if the server cannot be reached or refuses the login; its message holds no secret
     */
    Connection connect(Login login) throws SQLException;

    /**
     * Knocks: goes as far as the question for a password and leaves without an answer. Tells whether this host gets through to the
     * server, and costs no failed login. Unless implemented, nothing is said.
     *
     * @param host the server's full name
     * @param user a role; need not exist
     * @throws NetworkClosedException if the server's firewall does not admit this host
     * @throws MirrorException if the server's name is unknown here, or nothing answers there
     */
    default void knock(String host, String user) {}

    /**
     * Where to log in, as whom.
     *
     * @param host the server's full name
     * @param database the database
     * @param user the role
     * @param password the role's password
     */
    record Login(String host, String database, String user, Secret password) {}
}
