package io.fabricmirror.testkit.internal.mirror;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads a table row by row in COPY's text form, with the columns that the logical stream has too. */
public final class TableReader {
    // A generated column is not streamed. The key is what updates and deletes are told by.
    private static final String COLUMNS = """
            select a.attname, c.relreplident = 'f' or coalesce(a.attnum = any (i.indkey::int2[]), false)
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid
              left join pg_index i on i.indrelid = c.oid
                   and case c.relreplident when 'd' then i.indisprimary when 'i' then i.indisreplident else false end
             where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by a.attnum
            """;

    private final Connection connection;

    /** Reads in a session. */
    public TableReader(Connection connection) {
        this.connection = connection;
    }

    List<Change.Column> columns(TableRef table) throws SQLException {
        List<Change.Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table.sql());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = Objects.requireNonNullElse(rows.getString(1), "");
                    columns.add(new Change.Column(name, rows.getBoolean(2)));
                }
            }
        }
        return columns;
    }

    void read(TableRef table, List<Change.Column> columns, BooleanSupplier stopping, Consumer<byte[]> reader)
            throws SQLException {
        String names =
                columns.stream().map(column -> TableRef.quoted(column.name())).collect(Collectors.joining(", "));
        CopyOut out = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (select " + names + " from " + table.sql() + ") to stdout");
        for (byte[] line = out.readFromCopy(); line != null; line = out.readFromCopy()) {
            if (stopping.getAsBoolean()) {
                out.cancelCopy();
                return;
            }
            reader.accept(Arrays.copyOf(line, line.length - 1)); // without the line's end
        }
    }

    /** Returns the checksum of a table as it is now, made as a copy's is. */
    public long checksum(TableRef table) throws SQLException {
        long[] sum = new long[1];
        read(table, columns(table), () -> false, row -> sum[0] += Hash.of(row));
        return sum[0];
    }
}
