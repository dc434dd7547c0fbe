package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The local Fabric against recorded traffic: each recorded request, sent to it with its ids in place of the recorded ones
 * and at the recorded pace, gets the recorded status, the recorded headers and at least the recorded keys.
 */
@Tag("oracle")
class RecordingsTest {
    private static final Set<String> NOT_COMPARED = Set.of("Date");
    private static final Set<String> VALUE_COMPARED =
            Set.of("Content-Type", "ETag", "Retry-After", "request-redirected", "x-ms-public-api-error-code");

    private final LocalAzure azure = LocalAzure.builder().withoutHttp().start();
    private final Rest fabric = new Rest(azure);
    private final Map<String, String> ids = new HashMap<>();
    private final LocalServer server = azure.server("pg-orders").admitAzureServices();

    @AfterEach
    void close() {
        azure.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection-cloud-create",
                "connection-vnet-gateway-create",
                "lro-with-and-without-result",
                "mirror-create-then-initializing",
                "mirror-getdef-updatedef",
                "mirror-start-lifecycle"
            })
    void recording_sentToTheLocalFabric_isAnsweredAsRecorded(String name) throws Exception {
        String workspace = azure.workspace("Sales").id();
        JsonNode capacity = fabric.get("/workspaces/" + workspace).body().path("capacityId");
        ids.put("00000000-0000-0000-0000-000000000004", capacity.asText());
        Instant before = null;
        for (JsonNode interaction : recording(name).path("interactions")) {
            Instant at = time(interaction);
            if (before != null && at.isAfter(before)) {
                azure.pacer().pause(Duration.between(before, at));
            }
            before = at;
            firstWorkspace(interaction).ifPresent(recorded -> ids.putIfAbsent(recorded, workspace));
            replay(name, interaction);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "errors-400-429")
    void refusal_recorded_isMadeAsRecorded(String name) throws Exception {
        String workspace = azure.workspace("Sales").id();
        String gateway = azure.gateway("vnet").id();
        String connection = fabric.post(
                        "/connections",
                        Rest.connection("c", server.fqdn(), "postgres", "pgadmin", server.adminPassword()))
                .text("id");
        for (JsonNode interaction : recording(name)) {
            String[] path = path(interaction).split("/", -1);
            if (path.length > 3) {
                ids.put(
                        path[3],
                        switch (path[2]) {
                            case "workspaces" -> workspace;
                            case "gateways" -> gateway;
                            default -> connection;
                        });
            }
            JsonNode response = interaction.path("response");
            if (response.path("status").asInt() == 429) {
                azure.faults()
                        .on(new Call("Connections_ListConnections"))
                        .first()
                        .throttled(Duration.ofSeconds(
                                response.path("headers").path("Retry-After").asInt()));
            }
            replay(name, interaction);
        }
        assertThat(azure.faults().unfired()).isEmpty();
    }

    private static JsonNode recording(String name) throws IOException {
        return Json.read(Files.readString(Swagger.home().resolve("fabric-recordings/" + name + ".json")))
                .orElseThrow();
    }

    private static Instant time(JsonNode interaction) {
        String date = interaction.path("response").path("headers").path("Date").asText();
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private static String path(JsonNode interaction) {
        return URI.create(interaction.path("request").path("uri").asText()).getPath();
    }

    private static Optional<String> firstWorkspace(JsonNode interaction) {
        String[] parts = path(interaction).split("/", -1);
        return parts.length > 3 && parts[2].equals("workspaces") ? Optional.of(parts[3]) : Optional.empty();
    }

    private void replay(String name, JsonNode interaction) {
        JsonNode request = interaction.path("request");
        JsonNode expected = interaction.path("response");
        String what = name + ": " + request.path("method").asText() + " " + path(interaction);
        String token = azure.credential()
                .getTokenSync(new TokenRequestContext().addScopes("https://api.fabric.microsoft.com/.default"))
                .getToken();
        Rest.Reply reply = fabric.send(
                HttpMethod.valueOf(request.path("method").asText()),
                ours(request.path("uri").asText()),
                request.path("body").isObject() ? ours(body((ObjectNode) request.path("body"))) : "",
                token);

        assertThat(reply.status())
                .as(what + " " + reply.body())
                .isEqualTo(expected.path("status").asInt());
        headers(what, reply, expected.path("headers"));
        body(what, reply.body(), expected.path("body"));
        learn(expected.path("body"), reply.body());
        learn(expected.path("headers").path("x-ms-operation-id").asText(), reply.header("x-ms-operation-id"));
    }

    private String ours(String text) {
        String replaced = text;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            replaced = replaced.replace(id.getKey(), id.getValue());
        }
        return replaced;
    }

    /** The recordings have placeholders where secrets were: ours stand in for them. */
    private String body(ObjectNode recorded) {
        ObjectNode body = recorded.deepCopy();
        if (body.path("connectionDetails").isTextual()) {
            ObjectNode real = (ObjectNode)
                    Rest.connection("", server.fqdn(), "postgres", server.adminLogin(), server.adminPassword());
            body.set("connectionDetails", real.get("connectionDetails"));
            body.set("credentialDetails", real.get("credentialDetails"));
        }
        return body.toString();
    }

    private static void headers(String what, Rest.Reply reply, JsonNode expected) {
        expected.properties().forEach(header -> {
            String name = header.getKey();
            if (NOT_COMPARED.contains(name)) {
                return;
            }
            String value = reply.header(name);
            assertThat(value).as(what + " has header " + name).isNotEmpty();
            if (VALUE_COMPARED.contains(name)) {
                assertThat(value.replace("; charset=utf-8", ""))
                        .as(what + " header " + name)
                        .isEqualTo(header.getValue().asText().replace("; charset=utf-8", ""));
            }
            if (name.equals("Location")) {
                assertThat(anonymous(value))
                        .as(what + " header Location")
                        .isEqualTo(anonymous(header.getValue().asText()));
            }
        });
        if (!expected.has("Location")) {
            assertThat(reply.header("Location")).as(what + " header Location").isEmpty();
        }
    }

    private static String anonymous(String url) {
        return url.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{id}");
    }

    private void body(String what, JsonNode ours, JsonNode recorded) {
        if (recorded.isObject()) {
            recorded.properties().forEach(member -> {
                if (member.getKey().equals("_note")) {
                    return;
                }
                assertThat(ours.has(member.getKey()))
                        .as(what + " has " + member.getKey() + " in " + ours)
                        .isTrue();
                body(what + "." + member.getKey(), ours.get(member.getKey()), member.getValue());
            });
        } else if (recorded.isArray()) {
            items(what, ours, recorded);
        } else if (recorded.isTextual()
                && Set.of("status", "type", "errorCode").contains(last(what))
                && !what.endsWith("connectionDetails.type")) {
            assertThat(ours.asText()).as(what).isEqualTo(recorded.asText());
        } else {
            assertThat(ours.isNull())
                    .as(what + " is null as recorded: " + recorded)
                    .isEqualTo(recorded.isNull());
        }
    }

    private static String last(String what) {
        return what.substring(what.lastIndexOf('.') + 1);
    }

    /** Lists are compared item by item of the same type, for the recorded tenant held other things too. */
    private void items(String what, JsonNode ours, JsonNode recorded) {
        Set<String> types = new TreeSet<>();
        ours.forEach(item -> types.add(item.path("type").asText()));
        for (JsonNode item : recorded) {
            String type = item.path("type").asText();
            if (types.contains(type)) {
                body(what + "[" + type + "]", find(ours, type), item);
            }
        }
        for (String wanted : List.of("MirroredDatabase", "PostgreSQL", "AzurePostgreSQL")) {
            if (contains(recorded, wanted)) {
                assertThat(types).as(what).contains(wanted);
            }
        }
        assertThat(sqlEndpointListed(ours)).as(what).isEqualTo(sqlEndpointListed(recorded));
    }

    /** Whether the mirror's SQL endpoint is listed; it bears the mirror's name. */
    private static boolean sqlEndpointListed(JsonNode items) {
        for (JsonNode item : items) {
            if (item.path("type").asText().equals("SQLEndpoint")
                    && item.path("displayName").asText().equals("fabcli000001")) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(JsonNode items, String type) {
        for (JsonNode item : items) {
            if (item.path("type").asText().equals(type)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode find(JsonNode items, String type) {
        for (JsonNode item : items) {
            if (item.path("type").asText().equals(type)) {
                return item;
            }
        }
        throw new IllegalArgumentException("No item of type " + type);
    }

    private void learn(JsonNode recorded, JsonNode ours) {
        learn(recorded.path("id").asText(), ours.path("id").asText());
    }

    private void learn(String recorded, String ours) {
        if (!recorded.isEmpty() && !ours.isEmpty()) {
            ids.putIfAbsent(recorded, ours);
        }
    }
}
