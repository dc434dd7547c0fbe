package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the call that sends a recorded request. */
final class RecordedCall {
    private static final String ID = "([0-9a-f-]{36})";

    private final String line;
    private final JsonNode body;

    private RecordedCall(String line, JsonNode body) {
        this.line = line;
        this.body = body;
    }

    static Function<FabricClient, Object> of(JsonNode request) {
        URI uri = URI.create(request.path("uri").asText());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String line = request.path("method").asText() + " " + uri.getRawPath().replaceFirst("/v1/", "") + query;
        return new RecordedCall(line, request.path("body")).find();
    }

    private Function<FabricClient, Object> find() {
        List<Function<FabricClient, Object>> found = new ArrayList<>();
        workspaces(found);
        connections(found);
        items(found);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " calls for " + line);
        }
        return found.get(0);
    }

    private void workspaces(List<Function<FabricClient, Object>> found) {
        on(
                found,
                "POST workspaces/" + ID + "/provisionIdentity",
                (f, id) -> f.workspaces().provisionIdentity(id.get(0)));
        run(
                found,
                "POST workspaces/" + ID + "/deprovisionIdentity",
                (f, id) -> f.workspaces().deprovisionIdentity(id.get(0)));
        on(found, "GET operations/" + ID, (f, id) -> f.operations().state(id.get(0)));
        on(found, "GET operations/" + ID + "/result", (f, id) -> f.operations().result(id.get(0)));
        on(
                found,
                "POST workspaces/" + ID + "/roleAssignments",
                (f, id) -> f.workspaces().addRoleAssignment(id.get(0), principal(), new WorkspaceRole(text("role"))));
    }

    private void connections(List<Function<FabricClient, Object>> found) {
        on(found, "GET connections", (f, id) -> f.connections().list());
        on(found, "GET connections/" + ID, (f, id) -> f.connections().get(id.get(0)));
        on(
                found,
                "GET connections/supportedConnectionTypes",
                (f, id) -> f.connections().supportedTypes());
        on(
                found,
                "GET connections/supportedConnectionTypes\\?gatewayId=" + ID,
                (f, id) -> f.connections().supportedTypes(id.get(0)));
        on(found, "POST connections", (f, id) -> f.connections().create(connection()));
        run(found, "DELETE connections/" + ID, (f, id) -> f.connections().delete(id.get(0)));
        on(
                found,
                "POST connections/" + ID + "/roleAssignments",
                (f, id) -> f.connections().addRoleAssignment(id.get(0), principal(), new ConnectionRole(text("role"))));
        on(found, "GET gateways", (f, id) -> f.gateways().list());
        on(found, "GET gateways/" + ID, (f, id) -> f.gateways().get(id.get(0)));
        on(found, "POST gateways", (f, id) -> f.gateways().create(gateway()));
        run(found, "DELETE gateways/" + ID, (f, id) -> f.gateways().delete(id.get(0)));
        on(
                found,
                "POST gateways/" + ID + "/roleAssignments",
                (f, id) -> f.gateways().addRoleAssignment(id.get(0), principal(), new GatewayRole(text("role"))));
    }

    private void items(List<Function<FabricClient, Object>> found) {
        String workspace = "workspaces/" + ID;
        on(found, "GET " + workspace + "/items", (f, id) -> f.items().list(id.get(0)));
        on(found, "GET " + workspace + "/items/" + ID, (f, id) -> f.items().get(id.get(0), id.get(1)));
        on(
                found,
                "GET " + workspace + "/items/" + ID + "/connections",
                (f, id) -> f.items().connections(id.get(0), id.get(1)));
        on(found, "POST " + workspace + "/items/" + ID + "/getDefinition", (f, id) -> {
            ItemDefinition definition = f.items().definition(id.get(0), id.get(1));
            return definition.mirroring().toString() + definition.platform();
        });
        run(
                found,
                "POST " + workspace + "/items/" + ID + "/updateDefinition",
                (f, id) -> f.items().updateDefinition(id.get(0), id.get(1), definition()));
        run(
                found,
                "POST " + workspace + "/items/" + ID + "/updateDefinition\\?updateMetadata=[Tt]rue",
                (f, id) -> f.items().updateDefinitionAndMetadata(id.get(0), id.get(1), definition()));
        run(found, "DELETE " + workspace + "/items/" + ID, (f, id) -> f.items().delete(id.get(0), id.get(1)));
        String mirrors = workspace + "/mirroredDatabases";
        on(
                found,
                "POST " + mirrors,
                (f, id) -> f.mirroredDatabases()
                        .create(
                                id.get(0),
                                NewMirroredDatabase.of(text("displayName"), definition())
                                        .build()));
        on(found, "GET " + mirrors + "/" + ID, (f, id) -> f.mirroredDatabases().get(id.get(0), id.get(1)));
        on(
                found,
                "POST " + mirrors + "/" + ID + "/getMirroringStatus",
                (f, id) -> f.mirroredDatabases().status(id.get(0), id.get(1)));
        on(
                found,
                "POST " + mirrors + "/" + ID + "/getTablesMirroringStatus",
                (f, id) -> f.mirroredDatabases().tablesStatus(id.get(0), id.get(1)));
        run(
                found,
                "POST " + mirrors + "/" + ID + "/startMirroring",
                (f, id) -> f.mirroredDatabases().start(id.get(0), id.get(1)));
    }

    private interface Call {
        Object of(FabricClient fabric, List<UUID> ids);
    }

    private interface Run {
        void of(FabricClient fabric, List<UUID> ids);
    }

    private void run(List<Function<FabricClient, Object>> found, String pattern, Run run) {
        on(found, pattern, (fabric, ids) -> {
            run.of(fabric, ids);
            return "done";
        });
    }

    private void on(List<Function<FabricClient, Object>> found, String pattern, Call call) {
        Matcher matcher = Pattern.compile(pattern).matcher(line);
        if (matcher.matches()) {
            List<UUID> ids = new ArrayList<>();
            for (int i = 1; i <= matcher.groupCount(); i++) {
                ids.add(UUID.fromString(matcher.group(i)));
            }
            found.add(fabric -> call.of(fabric, ids));
        }
    }

    private String text(String name) {
        return body.path(name).asText();
    }

    private Principal principal() {
        JsonNode principal = body.path("principal");
        return new Principal(
                UUID.fromString(principal.path("id").asText()),
                new PrincipalType(principal.path("type").asText()),
                "");
    }

    private ItemDefinition definition() {
        List<ItemDefinition.Part> parts = new ArrayList<>();
        body.path("definition")
                .path("parts")
                .forEach(part -> parts.add(new ItemDefinition.Part(
                        part.path("path").asText(),
                        part.path("payload").asText(),
                        part.path("payloadType").asText())));
        return new ItemDefinition(body.path("definition").path("format").asText(), parts);
    }

    private NewConnection connection() {
        NewConnection.Builder builder = body.has("gatewayId")
                ? NewConnection.virtualNetworkGateway(text("displayName"), UUID.fromString(text("gatewayId")))
                : NewConnection.cloud(text("displayName"));
        return builder.type("SQL", "Sql")
                .privacyLevel(new PrivacyLevel(text("privacyLevel")))
                .credentials(Credentials.anonymous())
                .build();
    }

    private NewGateway gateway() {
        JsonNode subnet = body.path("virtualNetworkAzureResource");
        return NewGateway.virtualNetwork(
                        text("displayName"),
                        UUID.fromString(text("capacityId")),
                        new Gateway.Subnet(
                                UUID.fromString(subnet.path("subscriptionId").asText()),
                                subnet.path("resourceGroupName").asText(),
                                subnet.path("virtualNetworkName").asText(),
                                subnet.path("subnetName").asText()))
                .sleepAfterMinutes(body.path("inactivityMinutesBeforeSleep").asInt())
                .members(body.path("numberOfMemberGateways").asInt())
                .build();
    }
}
