package io.fabricmirror.core.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What an administrator that is no superuser can do for owners that are others. */
public final class AdminReach {
    private AdminReach() {}

    /**
     * Finds the roles whose rights the administrator neither has nor may give itself.
     *
     * @param admin the administrator's connection
     * @param roles the roles' names
     * @return those it cannot act for
     */
    public static List<String> outOfReach(Connection admin, Collection<String> roles) {
        // Since PostgreSQL 16 CREATEROLE alone no longer lets a role admit itself to roles that it did not make.
        return Sql.query(admin, """
                select o from unnest(%s) o join pg_catalog.pg_roles r on r.rolname = o
                 where not pg_catalog.pg_has_role(r.oid, 'USAGE')
                   and not pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION')
                   and (current_setting('server_version_num')::int >= 160000 or r.rolsuper
                        or not (select rolcreaterole from pg_catalog.pg_roles where rolname = current_user))
                """.formatted(Sql.array(List.copyOf(roles))), r -> r.getString(1));
    }

    /**
     * Looks up who can open the database and schemas to the mirroring role.
     *
     * @param admin the administrator's connection to the database
     * @param schemas the schemas
     * @return the database first, then the schemas
     */
    public static List<Door> doors(Connection admin, List<String> schemas) {
        // The owner that PostgreSQL gives schema public since 15 has no members of its own; it stands for the
        // database's
        // owner.
        return Sql.query(
                admin,
                """
                select '' as schema, pg_catalog.pg_get_userbyid(d.datdba) as owner,
                       pg_catalog.has_database_privilege(d.oid, 'CREATE WITH GRANT OPTION') as opens
                  from pg_catalog.pg_database d where d.datname = current_database()
                union all
                (select n.nspname::text,
                        pg_catalog.pg_get_userbyid(case when o.rolname = 'pg_database_owner' then d.datdba else n.nspowner end),
                        pg_catalog.has_schema_privilege(n.oid, 'USAGE WITH GRANT OPTION')
                        and pg_catalog.has_schema_privilege(n.oid, 'CREATE WITH GRANT OPTION')
                   from pg_catalog.pg_namespace n
                   join pg_catalog.pg_database d on d.datname = current_database()
                   left join pg_catalog.pg_roles o on o.oid = n.nspowner
                  where n.nspname = any (%s)
                  order by 1)
                """.formatted(Sql.array(schemas)),
                r -> new Door(r.getString(1), r.getString(2), r.getBoolean(3)));
    }

    /**
     * The database or a schema, to which the mirroring role needs access.
     *
     * @param schema the schema's name, or empty text for the database
     * @param owner who owns it
     * @param opens whether the administrator may grant access as it is
     */
    public record Door(String schema, String owner, boolean opens) {
        /**
         * Grants access, with the owner's rights for a moment if need be.
         *
         * @param admin the administrator's connection
         * @param grant the statement
         * @throws SQLException if the server refuses; nothing is changed then
         */
        public void open(Connection admin, String grant) throws SQLException {
            TemporaryMembership.during(
                    admin, opens ? List.of() : List.of(owner), List.of(), () -> Sql.execute(admin, grant));
        }
    }
}
