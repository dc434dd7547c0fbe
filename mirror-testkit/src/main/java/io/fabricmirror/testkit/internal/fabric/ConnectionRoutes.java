package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.LocalIdentity;
import io.fabricmirror.testkit.internal.arm.Servers;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.mirror.SourceLogin;
import io.fabricmirror.testkit.internal.token.Directory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connections and who may use them. Each is tried against the real server before it is made or changed. */
final class ConnectionRoutes {
    private final Tenant tenant;
    private final FabricOperations operations;
    private final ShareRoutes shares;
    private final ConnectionCheck check;

    ConnectionRoutes(
            Tenant tenant,
            Directory directory,
            FabricOperations operations,
            Servers servers,
            Map<String, String> driver) {
        this.tenant = tenant;
        this.operations = operations;
        this.shares = new ShareRoutes(
                tenant,
                directory,
                "Connection",
                "UserWithReshare",
                "Owner",
                (asked, role) -> manageable(asked, role).shares());
        this.check = new ConnectionCheck(tenant, servers, driver);
    }

    void addTo(Routes routes) {
        String connection = "/v1/connections/{connectionId}";
        routes.add(
                "GET",
                "/v1/connections/supportedConnectionTypes",
                "Connections_ListSupportedConnectionTypes",
                this::listTypes);
        routes.add("GET", "/v1/connections", "Connections_ListConnections", this::list);
        routes.add("POST", "/v1/connections", "Connections_CreateConnection", this::create);
        routes.add("GET", connection, "Connections_GetConnection", this::get);
        routes.add("PATCH", connection, "Connections_UpdateConnection", this::update);
        routes.add("DELETE", connection, "Connections_DeleteConnection", this::delete);
        routes.add("POST", connection + "/testConnection", "Connections_TestConnection", this::test);
        shares.addTo(routes, connection);
    }

    /** Returns the login a mirrored database signs in with; empty when its owner may not use the connection. */
    Optional<SourceLogin> login(String connectionId, LocalIdentity owner, Optional<String> database) {
        return tenant.connection(connectionId)
                .filter(connection -> connection.shares().include(owner))
                .flatMap(connection -> check.login(connection, database.orElse(connection.database())));
    }

    private Answer listTypes(Asked asked) {
        Optional<String> gatewayId = asked.parameter("gatewayId");
        if (gatewayId.filter(id -> !usable(id, asked.caller())).isPresent()) {
            throw FabricErrors.entityNotFound();
        }

        return tenant.paging()
                .page(
                        asked,
                        "value",
                        ConnectionTypes.ALL.stream()
                                .map(type -> type.json(gatewayId.isPresent()))
                                .toList());
    }

    private Answer list(Asked asked) {
        List<ObjectNode> visible = tenant.connections().stream()
                .filter(connection -> connection.shares().include(asked.caller()))
                .map(FabricConnection::json)
                .toList();
        return tenant.paging().page(asked, "value", visible);
    }

    private Answer create(Asked asked) {
        ConnectionRequest request = new ConnectionRequest(asked.json());
        String connectivity = request.connectivityType();
        Optional<String> gatewayId = switch (connectivity) {
            case "ShareableCloud" -> Optional.empty();
            case "VirtualNetworkGateway" -> Optional.of(gateway(asked));
            default ->
                throw FabricErrors.refuse(
                        400, "UnsupportedConnectivityTypeInput", "The ConnectivityType input is not supported");
        };
        ConnectionTypes.Type type = request.type();
        FabricConnection connection = new FabricConnection(
                connectivity,
                gatewayId,
                type.name(),
                request.parameters().getOrDefault("server", ""),
                request.parameters().getOrDefault("database", ""),
                request.displayName(),
                request.privacyLevel().orElse("Organizational"),
                request.encryption("NotEncrypted"),
                request.credentials());
        if (request.skipsTest() && gatewayId.isEmpty()) {
            throw FabricErrors.refuse(
                    400,
                    "SkipTestConnectionNotSupported",
                    "Skipping the test connection is not supported for this connection type");
        }

        requireFreeName(connection.displayName());
        if (!request.skipsTest()) {
            check.require(connection);
        }
        connection.shares().put(asked.caller(), "Owner");
        tenant.add(connection);
        return Answer.json(201, connection.json())
                .with("Location", "https://" + FabricService.HOST + "/v1/connections/" + connection.id());
    }

    private String gateway(Asked asked) {
        return Json.text(asked.json(), "gatewayId")
                .filter(id -> usable(id, asked.caller()))
                .orElseThrow(() -> FabricErrors.refuse(
                        400, "CreateGatewayConnectionFailed", "Failed to create gateway connection"));
    }

    private boolean usable(String gatewayId, LocalIdentity caller) {
        return tenant.gateway(gatewayId)
                .filter(gateway -> gateway.shares().include(caller))
                .isPresent();
    }

    // Names are unique in the tenant, also beside connections that the caller cannot see.
    private void requireFreeName(String name) {
        if (tenant.connections().stream().anyMatch(other -> other.displayName().equals(name))) {
            throw FabricErrors.refuse(409, "DuplicateConnectionName", "The connection name is already in use");
        }
    }

    private FabricConnection visible(Asked asked) {
        return tenant.connection(asked.variable("connectionId"))
                .filter(connection -> connection.shares().include(asked.caller()))
                .orElseThrow(FabricErrors::entityNotFound);
    }

    private FabricConnection manageable(Asked asked, String role) {
        FabricConnection connection = visible(asked);
        if (!role.isEmpty() && !connection.shares().allows(asked.caller(), role)) {
            throw FabricErrors.refuse(
                    403,
                    "InsufficientPermissionsToManageConnection",
                    "The caller has insufficient permissions to manage this connection");
        }
        return connection;
    }

    private Answer get(Asked asked) {
        return Answer.json(200, visible(asked).json());
    }

    private Answer update(Asked asked) {
        FabricConnection connection = manageable(asked, "Owner");
        ConnectionRequest request = new ConnectionRequest(asked.json());
        if (!request.connectivityType().equals(connection.connectivityType())) {
            throw FabricErrors.invalidInput("The connectivityType cannot be changed");
        }

        Optional<String> name = request.newName().filter(other -> !other.equals(connection.displayName()));
        Optional<String> privacy = request.privacyLevel();
        name.ifPresent(this::requireFreeName);
        if (request.hasCredentials()) {
            replaceCredentials(connection, request);
        }
        name.ifPresent(connection::rename);
        privacy.ifPresent(connection::privacyLevel);
        return Answer.json(200, connection.json());
    }

    private void replaceCredentials(FabricConnection connection, ConnectionRequest request) {
        SourceLogin.Credentials before = connection.credentials();
        String encryptionBefore = connection.encryption();
        connection.credentials(request.credentials(), request.encryption(encryptionBefore));
        Optional<Refusal> failure =
                request.skipsTest() && connection.gatewayId().isPresent()
                        ? Optional.empty()
                        : check.failure(connection);
        failure.ifPresent(refusal -> {
            connection.credentials(before, encryptionBefore);
            throw refusal;
        });
    }

    private Answer delete(Asked asked) {
        tenant.remove(manageable(asked, "Owner"));
        return Answer.empty(200);
    }

    private Answer test(Asked asked) {
        FabricConnection connection = visible(asked);
        Optional<Refusal> failure = check.failure(connection);
        List<ObjectNode> errors = failure.flatMap(
                        refusal -> Json.read(refusal.answer().body()))
                .map(body -> List.of(FabricErrors.embedded(
                        body.path("errorCode").asText(), body.path("message").asText())))
                .orElse(List.of());
        ObjectNode result = Json.object(
                "status",
                failure.isPresent() ? "Offline" : "Online",
                "errors",
                failure.isPresent() ? errors : Optional.empty());
        return operations.accept(Optional.of(result), 5);
    }
}
