package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.postgres.EntraRoles;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The operations on the Microsoft Entra administrators of a server. */
final class AdministratorRoutes {
    private static final Duration LAG = Duration.ofSeconds(1);
    // The principal's type as ARM writes it, and as Azure's SQL functions do.
    private static final Map<String, String> TYPES =
            Map.of("User", "user", "Group", "group", "ServicePrincipal", "service");

    private final Function<Asked, FlexibleServer> server;

    AdministratorRoutes(Function<Asked, FlexibleServer> server) {
        this.server = server;
    }

    void addTo(Routes routes, String serverPath) {
        String one = serverPath + "/administrators/{id}";
        routes.add("GET", serverPath + "/administrators", "Administrators_ListByServer", this::list);
        routes.add("GET", one, "Administrators_Get", this::get);
        routes.add("PUT", one, "Administrators_Create", this::put);
        routes.add("DELETE", one, "Administrators_Delete", this::delete);
    }

    private Answer list(Asked asked) {
        FlexibleServer asking = server.apply(asked);
        return Answer.json(
                200,
                Json.object(
                        "value",
                        Json.array(asking.administrators().stream()
                                .map(entry -> json(asking, entry))
                                .toList())));
    }

    private Answer get(Asked asked) {
        return Answer.json(200, find(server.apply(asked), asked.variable("id")));
    }

    private static ObjectNode find(FlexibleServer server, String id) {
        return entry(server, id)
                .map(entry -> json(server, entry))
                .orElseThrow(() -> ArmErrors.childNotFound("administrators", id));
    }

    private static Optional<EntraRoles.Entry> entry(FlexibleServer server, String id) {
        return server.administrators().stream()
                .filter(entry -> entry.objectId().equalsIgnoreCase(id))
                .findFirst();
    }

    private Answer put(Asked asked) {
        FlexibleServer changed = server.apply(asked);
        String name = Json.text(asked.json(), "properties", "principalName").orElse("");
        String type = TYPES.getOrDefault(
                Json.text(asked.json(), "properties", "principalType").orElse(""), "");
        if (!changed.properties().entraAuth()) {
            throw ArmErrors.refuse(
                    400,
                    "AadAuthOperationCannotBePerformedWhenServerIsNotAadEnabled",
                    "Azure AD authentication is not enabled on server '"
                            + changed.id().name() + "'.");
        }
        if (name.isEmpty() || type.isEmpty() || name.toLowerCase(Locale.ROOT).equals(FlexibleServer.ADMIN)) {
            throw ArmErrors.refuse(
                    400, "InvalidParameterValue", "Invalid value given for parameter principalName or principalType.");
        }

        String id = asked.variable("id");
        return ArmService.accepted(
                asked,
                changed.begin(
                        LAG, () -> changed.addAdministrator(name, id, type), () -> Optional.of(find(changed, id))));
    }

    private Answer delete(Asked asked) {
        FlexibleServer changed = server.apply(asked);
        Optional<EntraRoles.Entry> entry = entry(changed, asked.variable("id"));
        if (entry.isEmpty()) {
            return Answer.empty(204);
        }

        String role = entry.get().role();
        return ArmService.accepted(asked, changed.begin(LAG, () -> changed.removeAdministrator(role), Optional::empty));
    }

    private static ObjectNode json(FlexibleServer server, EntraRoles.Entry entry) {
        String type = TYPES.entrySet().stream()
                .filter(pair -> pair.getValue().equals(entry.type()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("Unknown");
        return Json.object(
                "properties",
                Json.object(
                        "principalType",
                        type,
                        "principalName",
                        entry.role(),
                        "objectId",
                        entry.objectId(),
                        "tenantId",
                        server.tenantId()),
                "id",
                server.id().armId() + "/administrators/" + entry.objectId(),
                "name",
                entry.objectId(),
                "type",
                "Microsoft.DBforPostgreSQL/flexibleServers/administrators");
    }
}
