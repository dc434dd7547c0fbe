package io.fabricmirror.core.internal.sql;

import io.fabricmirror.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Moves tables to the mirroring role: one transaction a table, so that a kill leaves a table wholly moved or not at all. The former
 * owner is written down in the database before the move and keeps what reads and writes rows.
 */
public final class Ownership {
    private static final String MEMORY = TableCatalog.OWN_SCHEMA + ".former_owner";

    private final Connection admin;
    private final String newOwner;

    /**
     * Prepares to move tables.
     *
     * @param admin the administrator's connection to the database
     * @param newOwner the mirroring role
     */
    public Ownership(Connection admin, String newOwner) {
        this.admin = admin;
        this.newOwner = newOwner;
    }

    /**
     * Moves one table.
     *
     * @param table the table
     * @param formerOwner its owner
     * @throws SQLException if the server refuses, or the table stays locked for two seconds (SQLSTATE 55P03); the table is as before
     *     then
     */
    public void take(TableName table, String formerOwner) throws SQLException {
        String name = Sql.table(table);
        String former = Sql.identifier(formerOwner);
        TemporaryMembership.during(admin, List.of(formerOwner), List.of(newOwner), () -> {
            remember(table, formerOwner);
            Sql.execute(admin, "alter table " + name + " owner to " + Sql.identifier(newOwner));
            Sql.execute(admin, "grant select, insert, update, delete on table " + name + " to " + former);
            for (String sequence : sequences(table)) {
                Sql.execute(admin, "grant usage, select, update on sequence " + sequence + " to " + former);
            }
        });
    }

    /**
     * Gives a table back to the owner it had before it was first taken. Rights that others have stay.
     *
     * @param table a table of the mirroring role
     * @return the owner, or empty if none is remembered; the table stays as it is then
     * @throws SQLException if the server refuses, for instance because the former owner is gone (SQLSTATE 42704), or the table
     *     stays locked for two seconds (SQLSTATE 55P03); the table is as before then
     */
    public Optional<String> restore(TableName table) throws SQLException {
        Optional<String> former = Optional.ofNullable(formerOwners().get(table));
        if (former.isPresent()) {
            String owner = former.get();
            TemporaryMembership.during(admin, List.of(newOwner), List.of(owner), () -> {
                Sql.execute(admin, "alter table " + Sql.table(table) + " owner to " + Sql.identifier(owner));
                Sql.execute(
                        admin,
                        "delete from " + MEMORY + " where schema_name = " + Sql.literal(table.schema())
                                + " and table_name = " + Sql.literal(table.name()));
            });
        }
        return former;
    }

    /**
     * Reads who owned which table before it was taken.
     *
     * @return the owners
     */
    public Map<TableName, String> formerOwners() {
        Map<TableName, String> owners = new TreeMap<>();
        if (isPrepared()) {
            Sql.query(
                            admin,
                            "select schema_name, table_name, former_owner from " + MEMORY,
                            r -> Map.entry(new TableName(r.getString(1), r.getString(2)), r.getString(3)))
                    .forEach(entry -> owners.put(entry.getKey(), entry.getValue()));
        }
        return owners;
    }

    /**
     * Finds those who owned tables, or are about to lose some, and are not members of the mirroring role.
     *
     * @param losing who is about to lose tables
     * @return their names; those who are gone are left out
     */
    public List<String> withoutDdl(Collection<String> losing) {
        Set<String> owners = new TreeSet<>(losing);
        owners.addAll(formerOwners().values());
        owners.remove(newOwner);
        return Sql.query(admin, """
                select r.rolname from unnest(%s) o join pg_catalog.pg_roles r on r.rolname = o
                 where not exists (select 1 from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid
                                    where g.rolname = ? and m.member = r.oid)
                 order by 1
                """.formatted(Sql.array(List.copyOf(owners))), r -> r.getString(1), newOwner);
    }

    /**
     * Makes a former owner a member of the mirroring role, so that its ALTER, DROP and CREATE INDEX go on working.
     *
     * @param formerOwner the former owner
     * @throws SQLException if the server refuses
     */
    public void keepDdl(String formerOwner) throws SQLException {
        // The rights, but not the way to become the role: what the former owner makes anew shall stay its own.
        boolean options = admin.getMetaData().getDatabaseMajorVersion() >= 16;
        Sql.execute(
                admin,
                "grant " + Sql.identifier(newOwner) + " to " + Sql.identifier(formerOwner)
                        + (options ? " with inherit true, set false" : ""));
    }

    /**
     * Gives a table the identity without which PostgreSQL refuses updates and deletes once it is published.
     *
     * @param table the table
     * @throws SQLException if the server refuses, or the table stays locked for two seconds (SQLSTATE 55P03)
     */
    public void identify(TableCatalog.Table table) throws SQLException {
        TemporaryMembership.during(
                admin,
                List.of(table.owner()),
                List.of(),
                () -> Sql.execute(
                        admin, "alter table " + Sql.table(table.name()) + " replica identity " + identity(table)));
    }

    /**
     * Returns the identity a table should have.
     *
     * @param table the table
     * @return as SQL writes it: its key, or the whole row if there is none
     */
    public static String identity(TableCatalog.Table table) {
        if (table.primaryKey()) {
            return "default";
        }

        return table.keyIndex() == null ? "full" : "using index " + Sql.identifier(table.keyIndex());
    }

    /**
     * Tells whether the table that remembers former owners exists.
     *
     * @return whether it does
     */
    public boolean isPrepared() {
        return Sql.query(
                        admin,
                        "select pg_catalog.to_regclass('" + TableCatalog.OWN_SCHEMA + ".former_owner') is not null",
                        r -> r.getBoolean(1))
                .get(0);
    }

    /**
     * Makes the table that remembers former owners.
     *
     * @throws SQLException if the server refuses
     */
    public void prepare() throws SQLException {
        Sql.transaction(admin, () -> {
            Sql.execute(admin, "create schema if not exists " + TableCatalog.OWN_SCHEMA);
            Sql.execute(
                    admin,
                    "create table if not exists " + TableCatalog.OWN_SCHEMA + ".former_owner ("
                            + "schema_name text not null, table_name text not null, former_owner text not null,"
                            + " taken_at timestamptz not null default now(), primary key (schema_name, table_name))");
        });
    }

    private void remember(TableName table, String formerOwner) throws SQLException {
        // The first owner is the one to restore; a second run must not write down our own role as "former".
        Sql.execute(
                admin,
                "insert into " + TableCatalog.OWN_SCHEMA
                        + ".former_owner (schema_name, table_name, former_owner) values ("
                        + Sql.literal(table.schema()) + ", " + Sql.literal(table.name()) + ", "
                        + Sql.literal(formerOwner)
                        + ") on conflict do nothing");
    }

    private List<String> sequences(TableName table) {
        // A serial or identity column's sequence changes its owner with the table; without this the application could
        // not insert.
        return Sql.query(admin, """
                select format('%I.%I', sn.nspname, s.relname)
                  from pg_catalog.pg_depend d
                  join pg_catalog.pg_class s on s.oid = d.objid and s.relkind = 'S'
                  join pg_catalog.pg_namespace sn on sn.oid = s.relnamespace
                  join pg_catalog.pg_class t on t.oid = d.refobjid
                  join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
                 where d.classid = 'pg_catalog.pg_class'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass
                   and d.deptype in ('a', 'i') and tn.nspname = ? and t.relname = ?
                """, r -> r.getString(1), table.schema(), table.name());
    }
}
