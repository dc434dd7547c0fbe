package io.fabricmirror.core.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Lets one runner at a time change a server. A session advisory lock in database {@code postgres}: PostgreSQL frees it when the
 * session ends, so a killed runner holds nothing.
 */
public final class RunnerLock {
    /** The database that holds the lock; advisory locks are a matter of one database, so all runners must use the same. */
    public static final String DATABASE = "postgres";

    /** Any number will do, as long as it stays the same in every version. */
    private static final long KEY = 0x4661627269634d69L;

    private RunnerLock() {}

    /**
     * Takes the lock, or waits a little for whoever has it. The server does the waiting, so the lock passes on at once.
     *
     * @param connection a session in {@value #DATABASE}
     * @return empty if this session has it now, else who has it
     */
    public static Optional<String> take(Connection connection) {
        // The session waits idle while others do the work; no time limit of the server may end it.
        boolean free = Sql.query(connection, """
                        select pg_catalog.pg_try_advisory_lock(?),
                               (select pg_catalog.set_config(name, '0', false) from pg_catalog.pg_settings
                                 where name = 'idle_session_timeout')
                        """, r -> r.getBoolean(1), KEY).get(0);
        if (free) {
            return Optional.empty();
        }

        String holder = holder(connection);
        try {
            Sql.execute(connection, "set lock_timeout = '2s'");
            Sql.execute(connection, "select pg_catalog.pg_advisory_lock(" + KEY + ")");
            // A server that shuts down hands the lock on to sessions that it is about to end; such a session fails
            // here.
            Sql.execute(connection, "select 1");
            return Optional.empty();
        } catch (SQLException e) {
            if (Sql.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return Optional.of(holder);
            }

            throw SqlProblems.statement(e);
        }
    }

    private static String holder(Connection connection) {
        List<String> holders = Sql.query(connection, """
                select format('session %s of %s from %s since %s', a.pid, a.usename, coalesce(a.client_addr::text, 'this host'),
                              to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
                  from pg_catalog.pg_locks l
                  join pg_catalog.pg_stat_activity a on a.pid = l.pid
                 where l.locktype = 'advisory' and l.granted
                   and l.classid::bigint << 32 | l.objid::bigint = ?
                """, r -> r.getString(1), KEY);
        return holders.isEmpty() ? "another run" : holders.get(0);
    }
}
