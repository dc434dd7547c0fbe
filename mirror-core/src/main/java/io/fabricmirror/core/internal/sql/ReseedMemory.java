package io.fabricmirror.core.internal.sql;

import io.fabricmirror.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, in the database itself, since when nothing is left of a former copy of a table. Fabric does not tell when it copied a
 * table, and without this a resync that is run again would copy again.
 */
public final class ReseedMemory {
    private static final String TABLE = TableCatalog.OWN_SCHEMA + ".reseed";

    private final Connection admin;

    /**
     * Prepares to read and write.
     *
     * @param admin the administrator's connection to the database
     */
    public ReseedMemory(Connection admin) {
        this.admin = admin;
    }

    /**
     * Returns since when a table has no former copy.
     *
     * @param table the table, or null for all at once
     * @return the later of its own moment and that of all, if there is one
     */
    public Optional<Instant> emptiedAt(@Nullable TableName table) {
        boolean prepared = Sql.query(
                        admin, "select pg_catalog.to_regclass('" + TABLE + "') is not null", r -> r.getBoolean(1))
                .get(0);
        if (!prepared) {
            return Optional.empty();
        }

        return Sql.query(
                        admin,
                        "select max(emptied_at) from " + TABLE
                                + " where (schema_name, table_name) in (('', ''), (?, ?)) having count(*) > 0",
                        r -> r.getObject(1, OffsetDateTime.class).toInstant(),
                        table == null ? "" : table.schema(),
                        table == null ? "" : table.name())
                .stream()
                .findFirst();
    }

    /**
     * Notes that a table has no former copy.
     *
     * @param table the table, or null for all at once
     * @param moment when
     * @throws SQLException if the server refuses
     */
    public void noteEmptied(@Nullable TableName table, Instant moment) throws SQLException {
        Sql.transaction(admin, () -> {
            Sql.execute(admin, "create schema if not exists " + TableCatalog.OWN_SCHEMA);
            Sql.execute(
                    admin,
                    "create table if not exists " + TABLE
                            + " (schema_name text not null, table_name text not null, emptied_at timestamptz not null,"
                            + " primary key (schema_name, table_name))");
            Sql.execute(
                    admin,
                    "insert into " + TABLE + " values (" + Sql.literal(table == null ? "" : table.schema()) + ", "
                            + Sql.literal(table == null ? "" : table.name()) + ", "
                            + Sql.literal(moment.atOffset(ZoneOffset.UTC).toString())
                            + ") on conflict (schema_name, table_name) do update set emptied_at = excluded.emptied_at");
        });
    }
}
