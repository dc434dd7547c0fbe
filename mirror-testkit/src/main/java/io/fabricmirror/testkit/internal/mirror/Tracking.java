package io.fabricmirror.testkit.internal.mirror;

import io.fabricmirror.testkit.internal.arm.FlexibleServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;

/** What the service writes into the extension's own tables, for its status functions; and what it cleans up. */
final class Tracking {
    private final FlexibleServer server;
    private final String database;
    private final String publication;

    /** Tracks a publication, whose slot bears the same name. */
    Tracking(FlexibleServer server, String database, String publication) {
        this.server = server;
        this.database = database;
        this.publication = publication;
    }

    void started(Collection<TableCopy> tables) throws SQLException {
        try (Connection connection = superuser()) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into azure_cdc.internal_publications (publication_name, slot_name, destination_path,"
                            + " stream_start_time, stream_start_lsn) values (?, ?, 'onelake', now(), pg_current_wal_lsn())"
                            + " on conflict (publication_name) do update set active = true, snapshot_done = false,"
                            + " generation_id = internal_publications.generation_id + 1, stream_stop_lsn = null")) {
                statement.setString(1, publication);
                statement.setString(2, publication);
                statement.executeUpdate();
            }
            tables(connection, tables);
        }
    }

    private void tables(Connection connection, Collection<TableCopy> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into azure_cdc.internal_tables (publication_id, table_oid) select publication_id, to_regclass(?)"
                        + " from azure_cdc.internal_publications p where publication_name = ? and to_regclass(?) is not"
                        + " null and not exists (select from azure_cdc.internal_tables t where t.publication_id ="
                        + " p.publication_id and t.table_oid = to_regclass(?))")) {
            for (TableCopy table : tables) {
                statement.setString(1, table.table().sql());
                statement.setString(2, publication);
                statement.setString(3, table.table().sql());
                statement.setString(4, table.table().sql());
                statement.executeUpdate();
            }
        }
    }

    void snapshotDone() throws SQLException {
        update("update azure_cdc.internal_publications set snapshot_done = true, snapshot_progress_percentage = '100'"
                + " where publication_name = ?");
    }

    void stopped() throws SQLException {
        update("update azure_cdc.internal_publications set active = false, stream_stop_lsn = pg_current_wal_lsn()"
                + " where publication_name = ?");
    }

    private void forget() throws SQLException {
        update("delete from azure_cdc.internal_publications where publication_name = ?");
    }

    void error(String type, Failure failure) throws SQLException {
        try (Connection connection = superuser();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into azure_cdc.internal_errors (publication_name, error_type, error_code)"
                                + " values (?, ?, ?)")) {
            statement.setString(1, publication);
            statement.setString(2, type);
            statement.setString(3, failure.code());
            statement.executeUpdate();
        }
    }

    boolean slotExists() throws SQLException {
        try (Connection connection = superuser();
                PreparedStatement statement =
                        connection.prepareStatement("select 1 from pg_replication_slots where slot_name = ?")) {
            statement.setString(1, publication);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    void dropSlot() throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            String ours = " from pg_replication_slots where slot_name = '" + publication + "'";
            statement.execute("select pg_terminate_backend(active_pid, 5000)" + ours + " and active_pid is not null");
            statement.execute("select pg_drop_replication_slot(slot_name)" + ours);
        }
    }

    void dropPublication() throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("drop publication if exists " + TableRef.quoted(publication));
        }
        forget();
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = superuser();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, publication);
            statement.executeUpdate();
        }
    }

    private Connection superuser() throws SQLException {
        return server.cluster().superuser(database);
    }
}
