package io.fabricmirror.core.internal.sql;

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

    private static final String STATE = """
            select r.rolcanlogin, r.rolreplication, r.rolcreatedb, r.rolcreaterole,
                   exists (select 1 from pg_catalog.pg_roles where rolname = 'azure_cdc_admin') as cdc_exists,
                   exists (select 1 from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid
                            where g.rolname = 'azure_cdc_admin' and m.member = r.oid) as cdc_member,
                   pg_catalog.has_database_privilege(r.oid, current_database(), 'CREATE') as creates,
                   array(select s from unnest(%1$s) s
                          where not pg_catalog.has_schema_privilege(r.oid, s, 'USAGE')
                             or not pg_catalog.has_schema_privilege(r.oid, s, 'CREATE')) as closed_schemas,
                   array(select s from unnest(%1$s) s
                          where not exists (select 1 from pg_catalog.pg_default_acl d
                                              join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace,
                                              lateral pg_catalog.aclexplode(d.defaclacl) x
                                             where n.nspname = s and d.defaclobjtype = 'r' and x.grantee = r.oid
                                               and pg_catalog.pg_get_userbyid(d.defaclrole) = current_user)) as plain_schemas,
                   (select pg_catalog.pg_get_userbyid(c.relowner) from pg_catalog.pg_class c
                      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                     where n.nspname = 'public' and c.relname = 'fabric_mirror_seed') as seed_owner
              from pg_catalog.pg_roles r
             where r.rolname = ?
            """;

    private MirroringRole() {}

    /**
     * Reads the role.
     *
     * @param admin the administrator's connection to the database to mirror
     * @param role the role's name
     * @param schemas the schemas it needs; all must exist
     * @return what it has, or empty if there is no such role
     */
    public static Optional<State> read(Connection admin, String role, List<String> schemas) {
        return Sql.query(admin, STATE.formatted(Sql.array(schemas)), MirroringRole::state, role).stream()
                .findFirst();
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
     * @param password its password
     * @return the statement
     */
    public static String create(String role, String password) {
        return "create role " + Sql.identifier(role) + " login replication createdb createrole password "
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

    private static State state(ResultSet row) throws SQLException {
        List<String> attributes = new ArrayList<>();
        for (String attribute : List.of("login", "replication", "createdb", "createrole")) {
            if (!row.getBoolean("rol" + (attribute.equals("login") ? "canlogin" : attribute))) {
                attributes.add(attribute);
            }
        }
        return new State(
                attributes,
                row.getBoolean("cdc_exists"),
                row.getBoolean("cdc_member"),
                row.getBoolean("creates"),
                texts(row.getArray("closed_schemas")),
                texts(row.getArray("plain_schemas")),
                Optional.ofNullable(row.getString("seed_owner")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /**
     * What a role has.
     *
     * @param missingAttributes the attributes it lacks, as SQL writes them
     * @param cdcAdminExists whether the role {@value #CDC_ADMIN} exists
     * @param cdcAdmin whether the role is a member of it
     * @param createsInDatabase whether it may create schemas and publications
     * @param closedSchemas the schemas in which it may not look or create
     * @param plainSchemas the schemas whose new tables it gets no rights on
     * @param seedOwner who owns the seed table, if there is one
     */
    public record State(
            List<String> missingAttributes,
            boolean cdcAdminExists,
            boolean cdcAdmin,
            boolean createsInDatabase,
            List<String> closedSchemas,
            List<String> plainSchemas,
            Optional<String> seedOwner) {}
}
