package io.fabricmirror.testkit.internal.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Questions and preparations at the source, as the connection's own login. */
final class Source implements AutoCloseable {
    // The first thousand by schema and name; the rest is silently not mirrored. Source: limitations page, 2026-02.
    private static final int MOST_TABLES = 1000;

    private final Connection connection;

    Source(SourceLogin login) throws SQLException {
        connection = login.open();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    Connection connection() {
        return connection;
    }

    /** Returns what stands in the way of the whole mirror. */
    Optional<Failure> obstacle(String ownPublication) throws SQLException {
        if (values("select extname from pg_extension where extname = 'azure_cdc'")
                .isEmpty()) {
            return Optional.of(new Failure(
                    "InputValidationError",
                    "The database is not ready for mirroring. On the server's page in the Azure portal, open Fabric"
                            + " mirroring and enable it for this database."));
        }

        Set<String> codes = prerequisites();
        boolean ourOwn = !values("select 1 from azure_cdc.internal_publications where publication_name = '"
                        + ownPublication + "'")
                .isEmpty();
        if (ourOwn) {
            codes.remove("PUBLICATION_LIMIT_REACHED");
        }
        return codes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Failure("InternalError", "Internal error. " + String.join(", ", codes)));
    }

    private Set<String> prerequisites() throws SQLException {
        Set<String> codes = new LinkedHashSet<>();
        for (String data : values("select data from azure_cdc.check_prerequisites()")) {
            Json.read(data)
                    .ifPresent(found -> found.forEach(
                            finding -> codes.add(finding.path("status_code").asText())));
        }
        return codes;
    }

    /** Returns the tables to mirror, each with why it cannot be. */
    Map<TableRef, Optional<Failure>> tables(Optional<List<TableRef>> mounted) throws SQLException {
        Map<TableRef, Optional<Failure>> judged = judged();
        Map<TableRef, Optional<Failure>> chosen = new LinkedHashMap<>();
        if (mounted.isEmpty()) {
            judged.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty())
                    .limit(MOST_TABLES)
                    .forEach(entry -> chosen.put(entry.getKey(), Optional.empty()));
        } else {
            List<String> schemas = values("select nspname from pg_namespace");
            for (TableRef table : mounted.get()) {
                String missing = schemas.contains(table.schema()) ? "TABLE_DOES_NOT_EXIST" : "SCHEMA_DOES_NOT_EXIST";
                chosen.put(table, judged.getOrDefault(table, Optional.of(Failure.of(missing))));
            }
        }
        return chosen;
    }

    private Map<TableRef, Optional<Failure>> judged() throws SQLException {
        Map<TableRef, Optional<Failure>> judged = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select table_schema, table_name, mirroring_data"
                        + " from azure_cdc.get_all_tables_mirror_status()")) {
            while (rows.next()) {
                TableRef table = new TableRef(text(rows, 1), text(rows, 2));
                judged.put(table, Json.read(text(rows, 3)).flatMap(Source::firstError));
            }
        }
        return judged;
    }

    private static Optional<Failure> firstError(JsonNode findings) {
        for (JsonNode finding : findings) {
            if (finding.path("status").asText().equals("ERROR")) {
                return Optional.of(Failure.of(finding.path("status_code").asText()));
            }
        }
        return Optional.empty();
    }

    /** Gives a table without a primary key what updates and deletes are told by. */
    void replicaIdentity(TableRef table) throws SQLException {
        String index = "select i.indisprimary, c.relname from pg_index i join pg_class c on c.oid = i.indexrelid"
                + " where i.indexrelid = azure_cdc.identity_index(?::regclass)";
        try (PreparedStatement statement = connection.prepareStatement(index)) {
            statement.setString(1, table.sql());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    execute("alter table " + table.sql() + " replica identity full");
                } else if (!rows.getBoolean(1)) {
                    execute("alter table " + table.sql() + " replica identity using index "
                            + TableRef.quoted(text(rows, 2)));
                }
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '5s'");
            statement.execute(sql);
        }
    }

    private List<String> values(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(text(rows, 1));
            }
        }
        return values;
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }
}
