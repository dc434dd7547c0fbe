package io.fabricmirror.core.internal.sql;

import io.fabricmirror.TableName;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells roughly how many rows tables have, and exactly whether they have any; one statement whatever their number. */
public final class RowEstimates {
    private RowEstimates() {}

    /**
     * Reads the estimates.
     *
     * @param connection a connection as a role that may read the tables
     * @param tables the tables; all must exist
     * @return the planner's or the collector's estimate; 0 only for a table without rows, and at least 1 for any other
     */
    public static Map<TableName, Long> read(Connection connection, List<TableName> tables) {
        Map<TableName, Long> rows = new HashMap<>();
        if (tables.isEmpty()) {
            return rows;
        }

        String each = tables.stream().map(RowEstimates::one).collect(Collectors.joining(" union all "));
        Sql.query(
                        connection,
                        """
                        select t.s, t.n, case when t.filled then greatest(c.reltuples, u.n_live_tup, 1) else 0 end::bigint
                          from (%s) as t(s, n, filled)
                          join pg_catalog.pg_namespace ns on ns.nspname = t.s
                          join pg_catalog.pg_class c on c.relnamespace = ns.oid and c.relname = t.n
                          left join pg_catalog.pg_stat_all_tables u on u.relid = c.oid
                        """.formatted(each),
                        r -> Map.entry(new TableName(r.getString(1), r.getString(2)), r.getLong(3)))
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        return rows;
    }

    /**
     * Reads the estimates of every table without looking into any, so that no right on a table is needed.
     *
     * @param connection any connection to the database
     * @return the larger of the planner's and the collector's estimate, by table; never below 0
     */
    public static Map<TableName, Long> roughly(Connection connection) {
        Map<TableName, Long> rows = new HashMap<>();
        Sql.query(connection, """
                        select n.nspname, c.relname, greatest(c.reltuples, u.n_live_tup, 0)::bigint
                          from pg_catalog.pg_class c
                          join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                          left join pg_catalog.pg_stat_all_tables u on u.relid = c.oid
                         where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                        """, r -> Map.entry(new TableName(r.getString(1), r.getString(2)), r.getLong(3)))
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        return rows;
    }

    private static String one(TableName table) {
        return "select " + Sql.literal(table.schema()) + ", " + Sql.literal(table.name()) + ", exists (select 1 from "
                + Sql.table(table) + ")";
    }
}
