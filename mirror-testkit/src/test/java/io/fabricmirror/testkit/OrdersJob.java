package io.fabricmirror.testkit;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Somebody's job that reads a password from a vault and looks into a database; it knows nothing of the test kit. */
final class OrdersJob {
    private final HttpClient http;
    private final TokenCredential credential;
    private final Map<String, String> jdbc;

    OrdersJob(HttpClient http, TokenCredential credential, Map<String, String> jdbc) {
        this.http = http;
        this.credential = credential;
        this.jdbc = jdbc;
    }

    List<String> tables() throws SQLException {
        String password = new SecretClientBuilder()
                .httpClient(http)
                .credential(credential)
                .vaultUrl("https://kv-main.vault.azure.net")
                .buildClient()
                .getSecret("postgres-admin-password")
                .getValue();
        Properties properties = new Properties();
        jdbc.forEach(properties::setProperty);
        properties.setProperty("user", "pgadmin");
        properties.setProperty("password", password);
        String url = "jdbc:postgresql://pg-orders.postgres.database.azure.com/orders";
        List<String> tables = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
