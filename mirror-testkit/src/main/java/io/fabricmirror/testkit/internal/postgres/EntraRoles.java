package io.fabricmirror.testkit.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The roles of a server that sign in with a token of Microsoft Entra, kept in the server itself: Azure's functions make
 * them in SQL, as its resource manager does for administrators.
 */
public final class EntraRoles {
    private static final String INSTALL = """
            set allow_system_table_mods = on;
            create schema if not exists pgaadauth;
            create table if not exists pgaadauth.roles (
              rolname name primary key, oid text not null, type text not null, admin boolean not null, secret text not null);

            create or replace function pgaadauth.make(rolename text, oid text, type text, admin boolean) returns void
            language plpgsql set search_path = pg_catalog as $make$
            declare secret text := gen_random_uuid()::text || gen_random_uuid()::text;
            begin
              if exists (select from pgaadauth.roles r where r.rolname = rolename) and to_regrole(quote_ident(rolename)) is not null then
                execute format('alter role %I login', rolename);
                update pgaadauth.roles r set admin = make.admin where r.rolname = rolename;
                return;
              end if;
              execute format('create role %I login password %L', rolename, secret);
              if admin then
                execute format('alter role %I createdb createrole replication', rolename);
                execute format('grant azure_pg_admin to %I with admin option', rolename);
              end if;
              insert into pgaadauth.roles values (rolename, make.oid, make.type, make.admin, secret);
            end $make$;

            create or replace function pg_catalog.pgaadauth_create_principal_with_oid(
              rolename text, objectid text, objecttype text, isadmin boolean, ismfa boolean) returns text
            language plpgsql security definer set search_path = pg_catalog as $create$
            begin
              if not exists (select from pgaadauth.roles r where r.rolname = session_user and r.admin)
                 and not (select rolsuper from pg_roles where rolname = session_user) then
                raise exception 'permission denied: only a Microsoft Entra administrator can create principals' using errcode = '42501';
              end if;
              if objecttype not in ('user', 'group', 'service') then
                raise exception 'Invalid object type "%"', objecttype using errcode = '22023';
              end if;
              if to_regrole(quote_ident(rolename)) is not null then
                raise exception 'role "%" already exists', rolename using errcode = '42710';
              end if;
              perform pgaadauth.make(rolename, objectid, objecttype, isadmin);
              if not (select rolsuper from pg_roles where rolname = session_user) then
                execute format('grant %I to %I with admin option', rolename, session_user);
              end if;
              return format('Created role for "%s"', rolename);
            end $create$;

            create or replace function pg_catalog.pgaadauth_create_principal(rolename text, isadmin boolean, ismfa boolean)
            returns text language sql as $named$
              select pg_catalog.pgaadauth_create_principal_with_oid(rolename, '', 'user', isadmin, ismfa)
            $named$;

            create or replace function pg_catalog.pgaadauth_list_principals(isadminvalue boolean)
            returns table (rolname name, principaltype text, objectid text, tenantid text, ismfa integer, isadmin integer)
            language sql security definer set search_path = pg_catalog as $list$
              select r.rolname, r.type, r.oid, current_setting('azure.service_principal_tenant_id', true), 0, r.admin::integer
              from pgaadauth.roles r where r.admin or not isadminvalue order by r.rolname
            $list$;
            """;

    private final Cluster cluster;

    /**
     * A role that signs in with a token.
     *
     * @param role its name
     * @param objectId whose tokens it takes; empty text for the principal of the role's name
     * @param type {@code user}, {@code group} or {@code service}
     * @param admin whether it is an administrator of the server
     * @param password what only the local Azure knows
     */
    public record Entry(String role, String objectId, String type, boolean admin, String password) {
        @Override
        public String toString() {
            return role; // never the password
        }
    }

    /** Looks into a server. */
    public EntraRoles(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Brings Azure's functions into database postgres. */
    public void install() {
        try (Connection connection = cluster.superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(INSTALL);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot prepare sign-in with tokens: " + e.getMessage(), e);
        }
    }

    /** Makes an administrator. */
    public void makeAdmin(String role, String objectId, String type) {
        change("select pgaadauth.make(?, ?, ?, true)", role, objectId, type);
    }

    /** Takes an administrator away: the role stays, because it may own things, and cannot sign in any more. */
    public void removeAdmin(String role) {
        change("delete from pgaadauth.roles where rolname = ?", role);
        change("alter role \"" + role.replace("\"", "\"\"") + "\" nologin");
    }

    private void change(String sql, String... values) {
        try (Connection connection = cluster.superuser("postgres");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot change who signs in with a token: " + e.getMessage(), e);
        }
    }

    /** Returns the role of a name, if it signs in with a token. */
    public Optional<Entry> find(String role) {
        return all().stream().filter(entry -> entry.role().equals(role)).findFirst();
    }

    /** Returns all roles that sign in with a token. */
    public List<Entry> all() {
        try (Connection connection = cluster.superuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select rolname, oid, type, admin, secret from pgaadauth.roles order by rolname")) {
            List<Entry> entries = new ArrayList<>();
            while (rows.next()) {
                entries.add(new Entry(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getBoolean(4),
                        rows.getString(5)));
            }
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look who signs in with a token: " + e.getMessage(), e);
        }
    }
}
