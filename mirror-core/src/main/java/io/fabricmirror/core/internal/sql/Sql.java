package io.fabricmirror.core.internal.sql;

import io.fabricmirror.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Sends statements and quotes what cannot be a parameter. */
public final class Sql {
    /** SQLSTATE of a statement that waited for a lock as long as it may. */
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    private Sql() {}

    /**
     * Turns a row into a value.
     *
     * @param <T> the value's type
     */
    @FunctionalInterface
    public interface Row<T> {
        /**
         * Reads the row.
         *
         * @param row the result set, at the row
         * @return the value
         * @throws SQLException if it cannot be read
         */
        T read(ResultSet row) throws SQLException;
    }

    /**
     * What is done in one transaction.
     */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @throws SQLException if the server refuses
         */
        void run() throws SQLException;
    }

    /**
     * Asks.
     *
     * @param <T> the values' type
     * @param connection where
     * @param sql the question
     * @param row reads a row
     * @param parameters what stands for the question marks
     * @return a value for each row
     */
    public static <T> List<T> query(Connection connection, String sql, Row<T> row, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(row.read(rows));
                }
                return values;
            }
        } catch (SQLException e) {
            throw SqlProblems.statement(e);
        }
    }

    /**
     * Sends one statement.
     *
     * @param connection where
     * @param sql the statement
     * @throws SQLException if the server refuses
     */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Does several statements wholly or not at all.
     *
     * @param connection where
     * @param work the statements
     * @throws SQLException if the server refuses; nothing is changed then
     */
    public static void transaction(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            rollback(connection, e);
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    /**
     * Quotes a name.
     *
     * @param identifier the name as the catalog has it
     * @return the name in double quotes
     */
    public static String identifier(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /**
     * Quotes a table's name.
     *
     * @param table the table
     * @return schema and name in double quotes
     */
    public static String table(TableName table) {
        return identifier(table.schema()) + "." + identifier(table.name());
    }

    /**
     * Quotes a text.
     *
     * @param text the text
     * @return a literal that means the text whatever {@code standard_conforming_strings} says
     */
    public static String literal(String text) {
        String quoted = text.replace("'", "''");
        return quoted.indexOf('\\') < 0 ? "'" + quoted + "'" : " E'" + quoted.replace("\\", "\\\\") + "'";
    }

    /**
     * Quotes a list of texts.
     *
     * @param texts the texts
     * @return an array expression
     */
    public static String array(List<String> texts) {
        return texts.stream().map(Sql::literal).collect(Collectors.joining(",", "array[", "]::text[]"));
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
