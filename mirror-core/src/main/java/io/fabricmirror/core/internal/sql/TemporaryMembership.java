package io.fabricmirror.core.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Gives the administrator other roles' rights for a moment. */
public final class TemporaryMembership {
    private TemporaryMembership() {}

    /**
     * Does something with other roles' rights, in one transaction: a kill or an error leaves neither the work nor the membership.
     *
     * @param admin the administrator's connection
     * @param roles the roles; those whose rights the administrator has anyway are left alone
     * @param work what to do
     * @throws SQLException if the administrator may not take the rights, or the work is refused; nothing is changed then
     */
    public static void during(Connection admin, List<String> roles, Sql.Work work) throws SQLException {
        Sql.transaction(admin, () -> {
            Sql.execute(admin, "set local lock_timeout = '2s'");
            List<String> undo = new ArrayList<>();
            for (String role : roles) {
                if (!has(admin, role)) {
                    undo.add(undo(admin, role));
                    grant(admin, role);
                }
            }
            work.run();
            for (String statement : undo) {
                Sql.execute(admin, statement);
            }
        });
    }

    private static boolean has(Connection admin, String role) {
        return Sql.query(admin, """
                        select pg_catalog.pg_has_role(?, 'USAGE')
                           and pg_catalog.pg_has_role(?, case when current_setting('server_version_num')::int >= 160000
                                                              then 'SET' else 'MEMBER' end)
                        """, r -> r.getBoolean(1), role, role).get(0);
    }

    /** Returns what brings back the administrator's own grant as it was: none, or one with fewer options. */
    private static String undo(Connection admin, String role) throws SQLException {
        if (admin.getMetaData().getDatabaseMajorVersion() < 16) {
            return "revoke " + Sql.identifier(role) + " from current_user";
        }

        return Sql.query(admin, """
                        select format('grant %I to current_user with inherit %s, set %s', ?, m.inherit_option, m.set_option)
                          from pg_catalog.pg_auth_members m
                         where m.roleid = ?::regrole and m.member = current_user::regrole and m.grantor = current_user::regrole
                        """, r -> r.getString(1), role, Sql.identifier(role)).stream()
                .findFirst()
                .orElse("revoke " + Sql.identifier(role) + " from current_user");
    }

    private static void grant(Connection admin, String role) throws SQLException {
        // From 16 on a grant says whether it lets inherit and set; an older grant does both.
        boolean options = admin.getMetaData().getDatabaseMajorVersion() >= 16;
        Sql.execute(
                admin,
                "grant " + Sql.identifier(role) + " to current_user" + (options ? " with inherit true, set true" : ""));
    }
}
