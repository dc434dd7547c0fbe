package io.fabricmirror.testkit.internal.mirror;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Reads tables as they were at one moment of the source. Rows pass through one at a time, whatever the table's size. */
final class Snapshot implements AutoCloseable {
    private final Connection connection;
    private final long lsn;

    /** Takes the view that a new slot exported. */
    Snapshot(SourceLogin login, String exported, long lsn) throws SQLException {
        this.connection = login.open();
        this.lsn = lsn;
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction snapshot '" + exported + "'");
        }
    }

    /** Reads a table whole, unless it has to stop. */
    void read(TableCopy copy, BooleanSupplier stopping, Supplier<Instant> now) throws SQLException {
        TableReader reader = new TableReader(connection);
        List<Change.Column> columns = reader.columns(copy.table());
        copy.snapshotting(columns);
        reader.read(copy.table(), columns, stopping, copy::snapshotRow);
        if (!stopping.getAsBoolean()) {
            copy.replicating(lsn, now.get());
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
