package io.fabricmirror.core.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives the administrator other roles' rights for a moment. */
public final class TemporaryMembership {
    private TemporaryMembership() {}

    /**
     * Does something with other roles' rights, in one transaction: a kill or an error leaves neither the work nor the membership.
     *
     * @param admin the administrator's connection
     * @param owners the roles that own what is worked on; those whose rights the administrator has anyway are left alone
     * @param becoming the roles that something is given to, which PostgreSQL asks the administrator to be able to become
     * @param work what to do
     * @throws SQLException if the administrator may not take the rights, or the work is refused; nothing is changed then
     */
    public static void during(Connection admin, List<String> owners, List<String> becoming, Sql.Work work)
            throws SQLException {
        Sql.transaction(admin, () -> {
            Sql.execute(admin, "set local lock_timeout = '2s'");
            List<String> undo = new ArrayList<>();
            for (String owner : owners) {
                take(admin, owner, has(admin, owner, "USAGE"), undo);
            }
            for (String role : becoming) {
                take(admin, role, has(admin, role, "USAGE") && has(admin, role, "SET"), undo);
            }
            work.run();
            for (String statement : undo) {
                Sql.execute(admin, statement);
            }
        });
    }

    private static void take(Connection admin, String role, boolean has, List<String> undo) throws SQLException {
        if (!has) {
            undo(admin, role).ifPresent(undo::add);
            grant(admin, role);
        }
    }

    private static boolean has(Connection admin, String role, String right) throws SQLException {
        // Before 16 whoever is a member may also become the role.
        String asked = right.equals("SET") && admin.getMetaData().getDatabaseMajorVersion() < 16 ? "MEMBER" : right;
        // By id, because a rehearsal asks about a role that is only about to be made.
        return Sql.query(
                        admin,
                        "select pg_catalog.pg_has_role(oid, ?) from pg_catalog.pg_roles where rolname = ?",
                        r -> r.getBoolean(1),
                        asked,
                        role)
                .contains(true);
    }

    /** Returns what brings back the administrator's own grant as it was: none, or one with fewer options. */
    private static Optional<String> undo(Connection admin, String role) throws SQLException {
        String revoke = "revoke " + Sql.identifier(role) + " from current_user";
        if (admin.getMetaData().getDatabaseMajorVersion() < 16) {
            // There is one membership whoever gave it; one that was there before must stay.
            return direct(admin, role, "true", "''").isEmpty() ? Optional.of(revoke) : Optional.empty();
        }

        List<String> before = direct(
                admin,
                role,
                "m.grantor = current_user::regrole",
                "format('grant %I to current_user with inherit %s, set %s', g.rolname, m.inherit_option, m.set_option)");
        return Optional.of(before.isEmpty() ? revoke : before.get(0));
    }

    private static List<String> direct(Connection admin, String role, String grantedBy, String value) {
        return Sql.query(
                admin,
                "select " + value + " from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid"
                        + " where g.rolname = ? and m.member = current_user::regrole and " + grantedBy,
                r -> r.getString(1),
                role);
    }

    private static void grant(Connection admin, String role) throws SQLException {
        // From 16 on a grant says whether it lets inherit and set; an older grant does both.
        boolean options = admin.getMetaData().getDatabaseMajorVersion() >= 16;
        Sql.execute(
                admin,
                "grant " + Sql.identifier(role) + " to current_user" + (options ? " with inherit true, set true" : ""));
    }
}
