package io.fabricmirror.core.internal.sql;

import io.fabricmirror.core.internal.rules.JudgedTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What hangs on the mirroring role.
 *
 * @param ownedHere what it owns in this database, the seed table apart, as PostgreSQL describes it
 * @param rightsHere whether it has rights in this database, or owns the seed table
 * @param databases the other databases in which it has rights or owns something
 */
public record RoleUse(List<String> ownedHere, boolean rightsHere, List<String> databases) {
    /**
     * Reads it.
     *
     * @param admin the administrator's connection to the database
     * @param role the role
     * @return what hangs on it
     */
    public static RoleUse read(Connection admin, String role) {
        Map<String, List<String>> uses =
                Sql.query(admin, """
                        select case when place <> current_database() then 'elsewhere' when owned and not seed then 'owned' else 'rights' end,
                               case when place <> current_database() then place else what end
                          from (select s.deptype = 'o' as owned,
                                       coalesce(d.datname, (select datname from pg_catalog.pg_database where oid = s.objid)) as place,
                                       case when d.datname = current_database()
                                            then pg_catalog.pg_describe_object(s.classid, s.objid, s.objsubid) else '' end as what,
                                       d.datname = current_database() and s.classid = 'pg_catalog.pg_class'::regclass and s.objid in (
                                           select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                                            where n.nspname = 'public' and c.relname in ('fabric_mirror_seed', 'fabric_mirror_seed_id_seq')
                                       ) as seed
                                  from pg_catalog.pg_shdepend s
                                  join pg_catalog.pg_roles r on r.oid = s.refobjid and r.rolname = ?
                                  left join pg_catalog.pg_database d on d.oid = s.dbid
                                 where s.refclassid = 'pg_catalog.pg_authid'::regclass
                                   and (s.dbid <> 0 or s.classid = 'pg_catalog.pg_database'::regclass)) u
                         group by 1, 2 order by 1, 2
                        """, r -> Map.entry(r.getString(1), r.getString(2)), role).stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return new RoleUse(
                uses.getOrDefault("owned", List.of()),
                uses.containsKey("rights"),
                uses.getOrDefault("elsewhere", List.of()));
    }

    /**
     * Takes from the role its rights in this database, and the seed table.
     *
     * @param admin the administrator's connection to the database
     * @param role the role, which owns nothing else here
     * @throws SQLException if the server refuses; nothing is changed then
     */
    public static void revoke(Connection admin, String role) throws SQLException {
        String name = Sql.identifier(role);
        Map<String, String> others =
                Sql.query(admin, """
                        select d.datname, pg_catalog.pg_get_userbyid(d.datdba)
                          from pg_catalog.pg_database d, lateral pg_catalog.aclexplode(d.datacl) x
                          join pg_catalog.pg_roles r on r.oid = x.grantee and r.rolname = ?
                         where x.privilege_type = 'CREATE' and d.datname <> current_database()
                        """, r -> Map.entry(r.getString(1), r.getString(2)), role).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<String> owners = new ArrayList<>(List.of(role));
        others.values().stream().distinct().forEach(owners::add);
        TemporaryMembership.during(admin, owners, List.of(), () -> {
            if (ownsSeed(admin, role)) {
                Sql.execute(admin, "drop table " + Sql.table(JudgedTables.SEED));
            }
            Sql.execute(admin, "drop owned by " + name);
            // That statement also takes rights on the server's other databases, which their mirrors need.
            for (String database : others.keySet()) {
                Sql.execute(admin, "grant create on database " + Sql.identifier(database) + " to " + name);
            }
        });
    }

    /**
     * Drops the role.
     *
     * @param admin the administrator's connection to the database
     * @param role the role, on which nothing hangs
     * @throws SQLException if the server refuses; the role still exists then
     */
    public static void drop(Connection admin, String role) throws SQLException {
        Sql.execute(admin, "drop role " + Sql.identifier(role));
    }

    private static boolean ownsSeed(Connection admin, String role) {
        return !Sql.query(
                        admin,
                        "select 1 from pg_catalog.pg_tables where schemaname = ? and tablename = ? and tableowner = ?",
                        r -> r.getInt(1),
                        JudgedTables.SEED.schema(),
                        JudgedTables.SEED.name(),
                        role)
                .isEmpty();
    }
}
