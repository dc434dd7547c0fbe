package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The databases that a server really has. */
final class Databases {
    private static final String DATABASES = "select datname, pg_encoding_to_char(encoding), datcollate from pg_database"
            + " where not datistemplate order by datname";

    private Databases() {}

    static List<ObjectNode> list(FlexibleServer server) {
        List<ObjectNode> databases = new ArrayList<>();
        try (Connection connection = server.cluster().superuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DATABASES)) {
            while (rows.next()) {
                databases.add(Json.object(
                        "properties",
                        Json.object("charset", rows.getString(2), "collation", rows.getString(3)),
                        "id",
                        server.id().armId() + "/databases/" + rows.getString(1),
                        "name",
                        rows.getString(1),
                        "type",
                        "Microsoft.DBforPostgreSQL/flexibleServers/databases"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Cannot list the databases of " + server.id().name(), e);
        }
        return databases;
    }
}
