package io.fabricmirror.testkit.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a test's own SQL as a superuser. */
public final class Scripts {
    private final Cluster cluster;

    /** Runs SQL in a server. */
    public Scripts(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Runs statements in a role's name, in a database that is made for it if absent. */
    public void run(String database, String role, String script) {
        try {
            createIfAbsent(database, role);
            try (Connection connection = cluster.superuser(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("set role " + role);
                statement.execute(script);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot run SQL in " + database + ": " + e.getMessage(), e);
        }
    }

    private void createIfAbsent(String database, String owner) throws SQLException {
        try (Connection connection = cluster.superuser("postgres");
                PreparedStatement find = connection.prepareStatement("select 1 from pg_database where datname = ?");
                Statement create = connection.createStatement()) {
            find.setString(1, database);
            try (ResultSet rows = find.executeQuery()) {
                if (!rows.next()) {
                    create.execute("create database \"" + database.replace("\"", "\"\"") + "\" owner " + owner);
                }
            }
        }
    }

    /** Returns the first column of the first row. */
    public String query(String database, String query) {
        try (Connection connection = cluster.superuser(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            String value = rows.next() ? rows.getString(1) : null;
            if (value == null) {
                throw new IllegalStateException("No value from: " + query);
            }
            return value;
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot query " + database + ": " + e.getMessage(), e);
        }
    }
}
