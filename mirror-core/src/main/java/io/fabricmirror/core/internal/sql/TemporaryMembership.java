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
            List<String> granted = new ArrayList<>();
            for (String role : roles) {
                if (!has(admin, role)) {
                    grant(admin, role);
                    granted.add(role);
                }
            }
            work.run();
            for (String role : granted) {
                Sql.execute(admin, "revoke " + Sql.identifier(role) + " from current_user");
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

    private static void grant(Connection admin, String role) throws SQLException {
        // From 16 on a grant says whether it lets inherit and set; an older grant does both.
        boolean options = admin.getMetaData().getDatabaseMajorVersion() >= 16;
        Sql.execute(
                admin,
                "grant " + Sql.identifier(role) + " to current_user" + (options ? " with inherit true, set true" : ""));
    }
}
