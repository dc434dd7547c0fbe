package io.fabricmirror.testkit.internal.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.ServerId;
import io.fabricmirror.testkit.internal.http.Answer;
import io.fabricmirror.testkit.internal.http.Asked;
import io.fabricmirror.testkit.internal.http.Routes;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.place.Addresses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operations on servers, their parameters, firewall rules and databases. */
final class ServerRoutes {
    private static final String IN_SUBSCRIPTION = "/subscriptions/{subscription}" + ArmService.PROVIDER;
    private static final String IN_GROUP = "/subscriptions/{subscription}/resourceGroups/{group}" + ArmService.PROVIDER;
    private static final String SERVER = IN_GROUP + "/flexibleServers/{server}";
    private static final int PAGE = 100;
    // Short beside the real service's minutes, so that a poller which sleeps in real time stays usable.
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration RESTART = Duration.ofSeconds(2);

    private final Servers servers;

    ServerRoutes(Servers servers) {
        this.servers = servers;
    }

    void addTo(Routes routes) {
        routes.add("GET", IN_SUBSCRIPTION + "/flexibleServers", "Servers_List", this::listServers);
        routes.add("GET", IN_GROUP + "/flexibleServers", "Servers_ListByResourceGroup", this::listServers);
        routes.add(
                "GET",
                SERVER,
                "Servers_Get",
                asked -> Answer.json(200, server(asked).json()));
        routes.add("PATCH", SERVER, "Servers_Update", this::updateServer);
        routes.add("POST", SERVER + "/restart", "Servers_Restart", this::restart);
        routes.add("GET", SERVER + "/configurations", "Configurations_ListByServer", this::listParameters);
        routes.add("GET", SERVER + "/configurations/{name}", "Configurations_Get", this::getParameter);
        routes.add("PUT", SERVER + "/configurations/{name}", "Configurations_Put", this::setParameter);
        routes.add("PATCH", SERVER + "/configurations/{name}", "Configurations_Update", this::setParameter);
        routes.add("GET", SERVER + "/firewallRules", "FirewallRules_ListByServer", this::listRules);
        routes.add("GET", SERVER + "/firewallRules/{name}", "FirewallRules_Get", this::getRule);
        routes.add("PUT", SERVER + "/firewallRules/{name}", "FirewallRules_CreateOrUpdate", this::putRule);
        routes.add("DELETE", SERVER + "/firewallRules/{name}", "FirewallRules_Delete", this::deleteRule);
        routes.add("GET", SERVER + "/databases", "Databases_ListByServer", this::listDatabases);
        routes.add("GET", SERVER + "/databases/{name}", "Databases_Get", this::getDatabase);
        new AdministratorRoutes(this::server).addTo(routes, SERVER);
        new InsightRoutes(this::server, servers).addTo(routes, SERVER);
        routes.add(
                "GET",
                SERVER + "/privateEndpointConnections",
                "PrivateEndpointConnections_ListByServer",
                this::listPrivateEndpoints);
    }

    private FlexibleServer server(Asked asked) {
        ServerId id = new ServerId(asked.variable("subscription"), asked.variable("group"), asked.variable("server"));
        return servers.find(id).orElseThrow(() -> ArmErrors.serverNotFound(id.resourceGroup(), id.name()));
    }

    private Answer listServers(Asked asked) {
        Optional<String> group = Optional.ofNullable(asked.variables().get("group"));
        List<ObjectNode> found = servers.all().stream()
                .filter(server -> server.id().subscriptionId().equalsIgnoreCase(asked.variable("subscription")))
                .filter(server -> group.isEmpty() || server.id().resourceGroup().equalsIgnoreCase(group.get()))
                .map(FlexibleServer::json)
                .toList();
        return list(asked, found);
    }

    private Answer updateServer(Asked asked) {
        FlexibleServer server = server(asked);
        JsonNode body = asked.json();
        if (body.has("identity")
                && !ServerIdentity.isType(body.path("identity").path("type").asText(""))) {
            throw ArmErrors.refuse(400, "InvalidIdentityType", "The identity type is not valid.");
        }

        return ArmService.accepted(
                asked, server.begin(SHORT, () -> server.patch(body), () -> Optional.of(server.json())));
    }

    private Answer restart(Asked asked) {
        FlexibleServer server = server(asked);
        return ArmService.accepted(asked, server.begin(RESTART, server::restart, Optional::empty));
    }

    private Answer listParameters(Asked asked) {
        FlexibleServer server = server(asked);
        return list(
                asked,
                server.parameters().describe(server.cluster(), server.id().armId()));
    }

    private Answer getParameter(Asked asked) {
        return Answer.json(200, parameter(server(asked), asked.variable("name")));
    }

    private static ObjectNode parameter(FlexibleServer server, String name) {
        return server.parameters()
                .describe(server.cluster(), server.id().armId(), name)
                .orElseThrow(() -> ArmErrors.childNotFound("configurations", name));
    }

    private Answer setParameter(Asked asked) {
        FlexibleServer server = server(asked);
        server.refuseWhenBusy();
        String value = Json.text(asked.json(), "properties", "value").orElse("");
        String name = server.parameters().checked(server.cluster(), asked.variable("name"), value);
        Runnable work = () -> {
            server.parameters().put(name, value);
            server.apply();
        };
        return ArmService.accepted(asked, server.begin(SHORT, work, () -> Optional.of(parameter(server, name))));
    }

    private Answer listRules(Asked asked) {
        FlexibleServer server = server(asked);
        return list(
                asked,
                server.rules().stream()
                        .map(rule -> rule.json(server.id().armId()))
                        .toList());
    }

    private Answer getRule(Asked asked) {
        return Answer.json(200, rule(server(asked), asked.variable("name")));
    }

    private static ObjectNode rule(FlexibleServer server, String name) {
        return server.rules().stream()
                .filter(rule -> rule.name().equalsIgnoreCase(name))
                .map(rule -> rule.json(server.id().armId()))
                .findFirst()
                .orElseThrow(() -> ArmErrors.childNotFound("firewallRules", name));
    }

    private Answer putRule(Asked asked) {
        FlexibleServer server = server(asked);
        String start = Json.text(asked.json(), "properties", "startIpAddress").orElse("");
        String end = Json.text(asked.json(), "properties", "endIpAddress").orElse("");
        if (!Addresses.isAddress(start) || !Addresses.isAddress(end)) {
            throw ArmErrors.refuse(
                    400, "InvalidParameterValue", "Invalid value given for parameter startIpAddress or endIpAddress.");
        }

        FirewallRule rule = new FirewallRule(asked.variable("name"), start, end);
        return ArmService.accepted(
                asked, server.begin(SHORT, () -> server.putRule(rule), () -> Optional.of(rule(server, rule.name()))));
    }

    private Answer deleteRule(Asked asked) {
        FlexibleServer server = server(asked);
        String name = asked.variable("name");
        if (server.rules().stream().noneMatch(rule -> rule.name().equalsIgnoreCase(name))) {
            return Answer.empty(204);
        }

        return ArmService.accepted(asked, server.begin(SHORT, () -> server.removeRule(name), Optional::empty));
    }

    private Answer listDatabases(Asked asked) {
        return list(asked, Databases.list(server(asked)));
    }

    private Answer getDatabase(Asked asked) {
        return Databases.list(server(asked)).stream()
                .filter(database -> database.path("name").asText().equals(asked.variable("name")))
                .findFirst()
                .map(database -> Answer.json(200, database))
                .orElseThrow(() -> ArmErrors.childNotFound("databases", asked.variable("name")));
    }

    private Answer listPrivateEndpoints(Asked asked) {
        FlexibleServer server = server(asked);
        return list(
                asked,
                server.properties().privateEndpoints().stream()
                        .map(name -> ServerProperties.privateEndpointJson(server.id(), name))
                        .toList());
    }

    private static Answer list(Asked asked, List<ObjectNode> items) {
        int from = asked.parameter("$skipToken").map(Integer::parseInt).orElse(0);
        int to = Math.min(items.size(), from + PAGE);
        ObjectNode page = Json.object("value", Json.array(items.subList(Math.min(from, to), to)));
        if (to < items.size()) {
            page.put(
                    "nextLink",
                    "https://" + ArmService.HOST + asked.request().path() + "?api-version="
                            + asked.parameter("api-version").orElse("") + "&$skipToken=" + to);
        }
        return Answer.json(200, page);
    }
}
