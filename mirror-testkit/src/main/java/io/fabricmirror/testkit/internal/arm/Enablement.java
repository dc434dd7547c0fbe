package io.fabricmirror.testkit.internal.arm;

import io.fabricmirror.testkit.internal.postgres.Cluster;
import io.fabricmirror.testkit.internal.postgres.EntraRoles;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What Azure itself does inside PostgreSQL: the administrator's password, who may sign in, the mirroring extension. */
final class Enablement {
    private static final String DATABASES =
            "select datname from pg_database where datallowconn and not datistemplate order by datname";

    private final Cluster cluster;

    Enablement(Cluster cluster) {
        this.cluster = cluster;
    }

    void adminPassword(String login, String password) {
        run("postgres", "alter role " + login + " password '" + password.replace("'", "''") + "'");
    }

    void authentication(boolean passwords, boolean tokens) {
        if (tokens) {
            new EntraRoles(cluster).install();
        }
        cluster.logins(passwords, tokens);
    }

    /**
     * Registers the extension in the databases named and takes it out of the others. Azure preloads it when the server
     * starts, so wal_level has to be logical really: a value that waits for a restart does nothing.
     */
    void mirrored(List<String> databases) {
        boolean logical = query("postgres", "show wal_level").get(0).equals("logical");
        for (String database : query("postgres", DATABASES)) {
            boolean wanted = databases.contains(database);
            boolean there = !query(database, "select extname from pg_extension where extname = 'azure_cdc'")
                    .isEmpty();
            if (wanted && logical && !there) {
                run(database, "create extension azure_cdc");
            } else if (there && !wanted) {
                run(database, "drop extension azure_cdc cascade; drop schema if exists azure_cdc");
            }
        }
    }

    private void run(String database, String sql) {
        try (Connection connection = cluster.superuser(database);
                Statement statement = connection.createStatement()) {
            // A password in a statement must not reach the server's log.
            statement.execute("set log_statement = 'none'; set log_min_error_statement = 'panic'");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot prepare database " + database + ": " + e.getMessage(), e);
        }
    }

    private List<String> query(String database, String sql) {
        try (Connection connection = cluster.superuser(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look into database " + database + ": " + e.getMessage(), e);
        }
    }
}
