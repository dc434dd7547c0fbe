package io.fabricmirror.core.internal.sql;

import io.fabricmirror.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads every table of a database with what decides whether it can be mirrored; one statement whatever their number. */
public final class TableCatalog {
    /** The library's own schema, which is never mirrored. */
    public static final String OWN_SCHEMA = "fabric_mirror";

    private static final String TABLES = """
            select n.nspname, c.relname, c.relkind, c.relpersistence, c.relispartition, c.relreplident, c.relrowsecurity,
                   pg_catalog.pg_get_userbyid(c.relowner) as owner,
                   pg_catalog.pg_has_role(c.relowner, 'USAGE') as acts_as_owner,
                   coalesce(k.is_primary, false) as primary_key, k.index_name as key_index,
                   greatest(c.reltuples, 0)::bigint as rows, c.relpages::bigint * current_setting('block_size')::int as bytes,
                   c.relkind = 'r' and exists (select 1 from pg_catalog.pg_inherits h where h.inhparent = c.oid) as parent,
                   a.names, a.types, a.bare_numerics, a.generated, coalesce(k.columns, '{}') as key_columns
              from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              left join lateral (
                   select array_agg(a.attname::text order by a.attnum) as names,
                          array_agg(coalesce(b.typname, t.typname)::text order by a.attnum) as types,
                          coalesce(array_agg(a.attname::text order by a.attnum)
                              filter (where t.typname = 'numeric' and a.atttypmod = -1), '{}') as bare_numerics,
                          coalesce(array_agg(a.attname::text order by a.attnum)
                              filter (where a.attgenerated <> ''), '{}') as generated
                     from pg_catalog.pg_attribute a
                     join pg_catalog.pg_type t on t.oid = a.atttypid
                     left join pg_catalog.pg_type b on t.typtype = 'd' and b.oid = t.typbasetype
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) a on true
              left join lateral (
                   select i.indisprimary as is_primary, x.relname::text as index_name,
                          (select array_agg(ka.attname::text)
                             from pg_catalog.pg_attribute ka
                            where ka.attrelid = c.oid and ka.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])) as columns
                     from pg_catalog.pg_index i
                     join pg_catalog.pg_class x on x.oid = i.indexrelid
                    where i.indrelid = c.oid and i.indisvalid
                      and (i.indisprimary and i.indimmediate
                           or i.indisunique and i.indimmediate and i.indpred is null and i.indexprs is null
                              and not exists (select 1 from pg_catalog.pg_attribute ka
                                               where ka.attrelid = c.oid and ka.attnum = any ((i.indkey::int2[])[0:i.indnkeyatts - 1])
                                                 and not ka.attnotnull))
                    order by i.indisprimary desc, i.indexrelid
                    limit 1) k on true
             where c.relkind in ('r', 'p', 'v', 'm', 'f')
               and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'azure_cdc', 'cron', 'fabric_mirror')
               and not exists (select 1 from pg_catalog.pg_depend d
                                where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
             order by n.nspname collate "C", c.relname collate "C"
            """;

    private TableCatalog() {}

    /**
     * Reads the tables.
     *
     * @param connection a connection to the database
     * @return every table and view that is not the system's or an extension's, ordered by name
     */
    public static List<Table> read(Connection connection) {
        return Sql.query(connection, TABLES, TableCatalog::table);
    }

    private static Table table(ResultSet row) throws SQLException {
        List<String> names = texts(row.getArray("names"));
        List<String> types = texts(row.getArray("types"));
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new Column(names.get(i), types.get(i)));
        }
        return new Table(
                new TableName(row.getString("nspname"), row.getString("relname")),
                row.getString("relkind").charAt(0),
                row.getString("relpersistence").charAt(0),
                row.getBoolean("relispartition"),
                row.getString("relreplident").charAt(0),
                row.getBoolean("relrowsecurity"),
                row.getString("owner"),
                row.getBoolean("acts_as_owner"),
                row.getBoolean("primary_key"),
                row.getString("key_index"),
                columns,
                texts(row.getArray("bare_numerics")),
                texts(row.getArray("generated")),
                texts(row.getArray("key_columns")),
                row.getBoolean("parent"),
                row.getLong("rows"),
                row.getLong("bytes"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    /**
     * A table as the catalog has it.
     *
     * @param name its name
     * @param kind {@code pg_class.relkind}
     * @param persistence {@code pg_class.relpersistence}
     * @param partition whether it is a partition of another table
     * @param replicaIdentity {@code pg_class.relreplident}
     * @param rowSecurity whether row-level security is on
     * @param owner the owner's name
     * @param actsAsOwner whether the reader has the owner's rights
     * @param primaryKey whether it has a primary key
     * @param keyIndex the primary key's index, or a unique one that can serve as key; null if there is none
     * @param columns its columns
     * @param bareNumerics the numeric columns without precision and scale
     * @param generated the columns that the server computes
     * @param keyColumns the key's columns
     * @param parent whether other tables inherit from it
     * @param rows about how many rows it has, by the last analysis; 0 if there was none
     * @param bytes about how big it is, by the last analysis, in bytes
     */
    public record Table(
            TableName name,
            char kind,
            char persistence,
            boolean partition,
            char replicaIdentity,
            boolean rowSecurity,
            String owner,
            boolean actsAsOwner,
            boolean primaryKey,
            @Nullable String keyIndex,
            List<Column> columns,
            List<String> bareNumerics,
            List<String> generated,
            List<String> keyColumns,
            boolean parent,
            long rows,
            long bytes) {
        /**
         * Tells whether PostgreSQL would refuse updates and deletes of the table once it is published.
         *
         * @return whether it has no identity by which a changed row is known
         */
        public boolean lacksIdentity() {
            return replicaIdentity == 'n' || (replicaIdentity == 'd' && !primaryKey);
        }
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type its type's name, for a domain the base type's
     */
    public record Column(String name, String type) {}
}
