package io.fabricmirror.core.internal.sql;

import io.fabricmirror.core.internal.sql.AzureCdc.Found;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PasswordUtil;

/** Reads and makes the role that Fabric logs in as, with what Microsoft's guide grants it. */
public final class MirroringRole {
    /** The role of the extension {@code azure_cdc}; Azure makes it when mirroring is enabled. */
    public static final String CDC_ADMIN = "azure_cdc_admin";

    // A role that is only about to be made will have what everybody has; up to 14 that is CREATE in schema public.
    private static final String STATE = """
            select r.oid is not null as role_exists, v.major,
                   coalesce(r.rolcanlogin, false) as login, coalesce(r.rolreplication, false) as replication,
                   coalesce(r.rolcreatedb, false) as createdb, coalesce(r.rolcreaterole, false) as createrole,
                   me.rolreplication as own_replication, me.rolcreatedb as own_createdb, me.rolcreaterole as own_createrole,
                   case when v.major < 16 then me.rolcreaterole
                        else coalesce(pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION'), true) end as administers,
                   g.oid is not null as cdc_exists,
                   case when v.major < 16 then me.rolcreaterole
                        else coalesce(pg_catalog.pg_has_role(g.oid, 'MEMBER WITH ADMIN OPTION'), true) end as gives_cdc,
                   exists (select 1 from pg_catalog.pg_auth_members m where m.roleid = g.oid and m.member = r.oid) as cdc_member,
                   %2$s,
                   pg_catalog.has_database_privilege(coalesce(r.rolname, 'public'), current_database(), 'CREATE') as creates,
                   array(select s from unnest(%1$s) s
                          where not exists (select 1 from pg_catalog.pg_namespace n where n.nspname = s)) as missing_schemas,
                   array(select n.nspname::text from pg_catalog.pg_namespace n
                          where n.nspname = any (%1$s)
                            and not (pg_catalog.has_schema_privilege(coalesce(r.rolname, 'public'), n.oid, 'USAGE')
                                     and pg_catalog.has_schema_privilege(coalesce(r.rolname, 'public'), n.oid, 'CREATE'))
                          order by 1) as closed_schemas,
                   array(select n.nspname::text from pg_catalog.pg_namespace n
                          where n.nspname = any (%1$s)
                            and not exists (select 1 from pg_catalog.pg_default_acl d, lateral pg_catalog.aclexplode(d.defaclacl) x
                                             where d.defaclnamespace = n.oid and d.defaclobjtype = 'r' and x.grantee = r.oid
                                               and d.defaclrole = me.oid)
                          order by 1) as plain_schemas,
                   (select pg_catalog.pg_get_userbyid(c.relowner) from pg_catalog.pg_class c
                      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                     where n.nspname = 'public' and c.relname = 'fabric_mirror_seed') as seed_owner
              from (select current_setting('server_version_num')::int / 10000 as major) v
              join pg_catalog.pg_roles me on me.rolname = current_user
              left join pg_catalog.pg_roles r on r.rolname = ?
              left join pg_catalog.pg_roles g on g.rolname = 'azure_cdc_admin'
            """;

    private MirroringRole() {}

    /**
     * Reads the role, or what there is without it.
     *
     * @param admin the administrator's connection to the database to mirror
     * @param role the role's name
     * @param attributes the attributes it should have, as SQL writes them
     * @param schemas the schemas it needs
     * @return what it has, and what the administrator may do about the rest
     */
    public static State read(Connection admin, String role, List<String> attributes, List<String> schemas) {
        return Sql.query(
                        admin, STATE.formatted(Sql.array(schemas), AzureCdc.FOUND), row -> state(row, attributes), role)
                .get(0);
    }

    /**
     * Tells whether a role exists.
     *
     * @param admin the administrator's connection
     * @param role the role's name
     * @return whether it does
     */
    public static boolean exists(Connection admin, String role) {
        return !Sql.query(admin, "select 1 from pg_catalog.pg_roles where rolname = ?", r -> r.getInt(1), role)
                .isEmpty();
    }

    /**
     * Returns the statement that creates the role. The server gets a SCRAM verifier, never the password: statements may be logged.
     *
     * @param role the role's name
     * @param attributes its attributes, as SQL writes them
     * @param password its password
     * @return the statement
     */
    public static String create(String role, List<String> attributes, String password) {
        return "create role " + Sql.identifier(role) + " " + String.join(" ", attributes) + " password "
                + verifier(role, password);
    }

    /**
     * Returns the statement that sets the role's password, as a SCRAM verifier.
     *
     * @param role the role's name
     * @param password its password
     * @return the statement
     */
    public static String setPassword(String role, String password) {
        return "alter role " + Sql.identifier(role) + " password " + verifier(role, password);
    }

    private static String verifier(String role, String password) {
        try {
            return Sql.literal(PasswordUtil.encodePassword(role, password.toCharArray(), "scram-sha-256"));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make a SCRAM verifier", e);
        }
    }

    private static State state(ResultSet row, List<String> attributes) throws SQLException {
        List<String> missing = new ArrayList<>();
        List<String> notToGive = new ArrayList<>();
        for (String attribute : attributes) {
            if (!row.getBoolean(attribute)) {
                missing.add(attribute);
                // From 16 on nobody gives what he has not. Before, REPLICATION is a superuser's, which Azure's own
                // build
                // does not ask for.
                if (row.getInt("major") >= 16 && !attribute.equals("login") && !row.getBoolean("own_" + attribute)) {
                    notToGive.add(attribute);
                }
            }
        }
        return new State(
                row.getBoolean("role_exists"),
                missing,
                notToGive,
                row.getBoolean("own_createrole"),
                row.getBoolean("administers"),
                row.getBoolean("cdc_exists"),
                row.getBoolean("gives_cdc"),
                row.getBoolean("cdc_member"),
                AzureCdc.found(row),
                row.getBoolean("creates"),
                texts(row.getArray("missing_schemas")),
                texts(row.getArray("closed_schemas")),
                texts(row.getArray("plain_schemas")),
                Optional.ofNullable(row.getString("seed_owner")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /**
     * What a role has, and what the administrator may do about the rest.
     *
     * @param exists whether there is such a role
     * @param missingAttributes the attributes it lacks, as SQL writes them
     * @param notToGive those of them that the administrator may not give
     * @param createsRoles whether the administrator may make and change roles
     * @param administersRole whether the administrator may change this one
     * @param cdcAdminExists whether the role {@value #CDC_ADMIN} exists
     * @param givesCdcAdmin whether the administrator may make others members of it
     * @param cdcAdmin whether the role is a member of it
     * @param cdc whether azure_cdc is there
     * @param createsInDatabase whether it may create schemas and publications
     * @param missingSchemas the schemas that do not exist
     * @param closedSchemas the schemas in which it may not look or create
     * @param plainSchemas the schemas whose new tables it gets no rights on
     * @param seedOwner who owns the seed table, if there is one
     */
    public record State(
            boolean exists,
            List<String> missingAttributes,
            List<String> notToGive,
            boolean createsRoles,
            boolean administersRole,
            boolean cdcAdminExists,
            boolean givesCdcAdmin,
            boolean cdcAdmin,
            Found cdc,
            boolean createsInDatabase,
            List<String> missingSchemas,
            List<String> closedSchemas,
            List<String> plainSchemas,
            Optional<String> seedOwner) {}
}
