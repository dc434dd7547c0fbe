package io.fabricmirror.testkit.internal.fabric;

import io.fabricmirror.testkit.internal.arm.FlexibleServer;
import io.fabricmirror.testkit.internal.arm.Servers;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.mirror.SourceErrors;
import io.fabricmirror.testkit.internal.mirror.SourceLogin;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Tries connections against the real server, and makes the logins that mirrors sign in with. */
final class ConnectionCheck {
    private final Tenant tenant;
    private final Servers servers;
    private final Map<String, String> driver;

    ConnectionCheck(Tenant tenant, Servers servers, Map<String, String> driver) {
        this.tenant = tenant;
        this.servers = servers;
        this.driver = Map.copyOf(driver);
    }

    /** Returns the login of a connection; empty when its server does not exist. */
    Optional<SourceLogin> login(FabricConnection connection, String database) {
        return servers.find(connection.server())
                .map(server -> new SourceLogin(
                        server,
                        database,
                        connection::credentials,
                        () -> reaches(connection, server),
                        driver(connection)));
    }

    private boolean reaches(FabricConnection connection, FlexibleServer server) {
        return connection
                .gatewayId()
                .map(id -> tenant.gateway(id).filter(Gateway::online).isPresent())
                .orElseGet(server::admitsFabric);
    }

    private Map<String, String> driver(FabricConnection connection) {
        Map<String, String> properties = new HashMap<>(driver);
        if (!connection.encrypted()) {
            properties.put("sslmode", "disable");
        }
        return properties;
    }

    /** Signs in, and refuses as the service does when that fails. */
    void require(FabricConnection connection) {
        failure(connection).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** Signs in; returns the refusal when that fails. */
    Optional<Refusal> failure(FabricConnection connection) {
        Optional<SourceLogin> login = login(connection, connection.database());
        if (login.isEmpty()) {
            return Optional.of(unreachable("No such host is known. (" + connection.server() + ")"));
        }

        try (Connection session = login.get().open()) {
            return session.isValid(5) ? Optional.empty() : Optional.of(unreachable(SourceErrors.UNREACHABLE));
        } catch (SQLException e) {
            return Optional.of(explain(e));
        }
    }

    private static Refusal explain(SQLException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        if (SourceErrors.isLoginRefused(e)) {
            return FabricErrors.refuse(
                    400,
                    "IncorrectCredentials",
                    "Failed to establish connection using the Credentials input",
                    List.of(Json.object(
                            "errorCode", "DM_GWPipeline_Gateway_DataSourceAccessError", "message", message)));
        }
        return unreachable(message);
    }

    // No code of its own: scripts in the field tell this case by its text.
    private static Refusal unreachable(String message) {
        return FabricErrors.refuse(
                400,
                "UnknownError",
                "An unexpected error occurred while processing the request",
                List.of(Json.object(
                        "errorCode",
                        "DM_GWPipeline_Gateway_MashupDataAccessError",
                        "message",
                        "Gateway_MashupDataAccessError: " + message)));
    }
}
