package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Fabric side as a raw HTTP client sees it. */
class FabricApiTest {
    private static final String NOBODY = "22222222-2222-2222-2222-222222222222";
    private static LocalAzure azure;
    private static LocalServer server;
    private static Rest fabric;
    private static int workspaces;
    private LocalWorkspace workspace;
    private String connectionName;

    @BeforeAll
    static void start() {
        azure = LocalAzure.start();
        fabric = new Rest(azure);
        server = azure.server("pg-orders");
        server.sql("orders", "reset role; create role u login password 'secret'");
    }

    @AfterAll
    static void close() {
        azure.close();
    }

    @BeforeEach
    void newWorkspace() {
        workspace = azure.workspace("Workspace " + ++workspaces);
        connectionName = "connection " + workspaces;
        server.admitAzureServices();
    }

    @Test
    void call_withoutOurTokenOrForAnotherAudience_isUnauthorized() {
        String vaultToken = token("https://vault.azure.net/.default");

        for (String token : List.of("nonsense", vaultToken)) {
            Rest.Reply reply = fabric.send(HttpMethod.GET, "https://api.fabric.microsoft.com/v1/workspaces", "", token);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.text("errorCode")).isEqualTo("Unauthorized");
            assertThat(reply.header("x-ms-public-api-error-code")).isEqualTo("Unauthorized");
            assertThat(reply.text("requestId")).isEqualTo(reply.header("RequestId"));
        }
    }

    private static String token(String scope) {
        return azure.credential()
                .getTokenSync(new TokenRequestContext().addScopes(scope))
                .getToken();
    }

    @Test
    void workspace_ofSomebodyElse_isNeitherListedNorRead() {
        Rest stranger = new Rest(azure, azure.credential(azure.identity("stranger")));

        assertThat(stranger.get("/workspaces").body().path("value")).isEmpty();
        Rest.Reply reply = stranger.get("/workspaces/" + workspace.id());
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text("errorCode")).isEqualTo("InsufficientWorkspaceRole");
        assertThat(stranger.get("/workspaces/" + NOBODY).text("errorCode")).isEqualTo("WorkspaceNotFound");
    }

    @Test
    void workspaceInfo_tellsItsCapacity() {
        JsonNode info = fabric.get("/workspaces/" + workspace.id()).body();
        JsonNode capacity =
                fabric.get("/capacities/" + info.path("capacityId").asText()).body();

        assertThat(info.path("capacityAssignmentProgress").asText()).isEqualTo("Completed");
        assertThat(capacity.path("state").asText()).isEqualTo("Active");
        assertThat(capacity.path("sku").asText()).isEqualTo("F8");
        workspace.pauseCapacity();
        assertThat(fabric.get("/capacities/" + info.path("capacityId").asText()).text("state"))
                .isEqualTo("Inactive");
    }

    @Test
    void roleAssignment_isAddedOnceReadUpdatedAndDeleted() {
        LocalIdentity person = azure.person("Ann");
        String path = "/workspaces/" + workspace.id() + "/roleAssignments";
        ObjectNode body =
                Json.object("principal", Json.object("id", person.id(), "type", "User"), "role", "Contributor");

        Rest.Reply added = fabric.post(path, body);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.text("id")).isEqualTo(person.id());
        assertThat(added.header("Location")).endsWith(path + "/" + person.id());
        assertThat(fabric.post(path, body).text("errorCode")).isEqualTo("PrincipalAlreadyHasWorkspaceRolePermissions");
        assertThat(fabric.get(path).body().path("value")).hasSize(2);
        assertThat(fabric.patch(path + "/" + person.id(), Json.object("role", "Member"))
                        .text("role"))
                .isEqualTo("Member");
        assertThat(fabric.delete(path + "/" + person.id()).status()).isEqualTo(200);
        assertThat(fabric.delete(path + "/" + azure.caller().id()).text("errorCode"))
                .isEqualTo("CannotDeleteLastAdmin");
    }

    @Test
    void roleAssignment_ofANewManagedIdentity_isKnownAfterAWhile() throws InterruptedException {
        LocalServer other = azure.server("pg-identity-" + workspaces).systemAssignedIdentity();
        ObjectNode body = Json.object(
                "principal",
                Json.object("id", other.principalId().orElseThrow(), "type", "ServicePrincipal"),
                "role",
                "Contributor");
        String path = "/workspaces/" + workspace.id() + "/roleAssignments";

        Rest.Reply early = fabric.post(path, body);
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.text("errorCode")).isEqualTo("PrincipalNotFound");
        assertThat(early.body().path("relatedResource").path("resourceId").asText())
                .isEqualTo(workspace.id());
        azure.pacer().pause(Duration.ofMinutes(1));
        assertThat(fabric.post(path, body).status()).isEqualTo(201);
        assertThat(workspace.roleOf(other.principalId().orElseThrow())).contains("Contributor");
    }

    @Test
    void roleAssignment_byAContributor_isRefused() {
        workspace.role(azure.person("Owner"), "Admin").callerRole("Contributor");

        assertThat(fabric.get("/workspaces/" + workspace.id() + "/roleAssignments")
                        .text("errorCode"))
                .isEqualTo("InsufficientWorkspaceRole");
    }

    @Test
    void connection_isMadeListedTestedAndDeleted() {
        Rest.Reply made = fabric.post("/connections", connection("u", "secret"));
        String path = "/connections/" + made.text("id");

        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("https://api.fabric.microsoft.com/v1" + path);
        assertThat(made.body().path("connectionDetails").path("path").asText())
                .isEqualTo("pg-orders.postgres.database.azure.com;orders");
        assertThat(made.body().toString()).doesNotContain("secret");
        assertThat(fabric.post("/connections", connection("u", "secret")).status())
                .isEqualTo(409);
        assertThat(fabric.post("/connections", connection("u", "secret")).text("errorCode"))
                .isEqualTo("DuplicateConnectionName");
        assertThat(testResult(path)).isEqualTo("Online");

        server.removeFirewallRule("AllowAllAzureServicesAndResourcesWithinAzureIps");
        assertThat(testResult(path)).isEqualTo("Offline");
        assertThat(fabric.delete(path).status()).isEqualTo(200);
        assertThat(fabric.get(path).text("errorCode")).isEqualTo("EntityNotFound");
    }

    private static String testResult(String path) {
        Rest.Reply accepted = fabric.post(path + "/testConnection");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.body().isNull()).isTrue();
        assertThat(accepted.header("Location")).startsWith("https://wabi-");
        String operation = "/operations/" + accepted.header("x-ms-operation-id");
        Rest.Reply running = fabric.get(operation);
        assertThat(running.text("status")).isEqualTo("Running");
        assertThat(LocalDateTime.parse(running.text("createdTimeUtc"))).isNotNull();
        skip(Duration.ofSeconds(5));
        assertThat(fabric.get(operation).header("Location")).endsWith(operation + "/result");
        return fabric.get(operation + "/result").text("status");
    }

    private static void skip(Duration duration) {
        try {
            azure.pacer().pause(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void connection_withAWrongLogin_isRefused() {
        Rest.Reply reply = fabric.post("/connections", connection("u", "wrong"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("errorCode")).as(reply.body().toString()).isEqualTo("IncorrectCredentials");
        assertThat(reply.body().toString()).doesNotContain("wrong");
    }

    @Test
    void connection_toAServerThatDoesNotAdmitAzure_failsAsATimeoutDoes() {
        server.removeFirewallRule("AllowAllAzureServicesAndResourcesWithinAzureIps");

        assertThat(fabric.post("/connections", connection("u", "secret")).body().toString())
                .contains("did not properly respond")
                .contains("Gateway_MashupDataAccessError");
    }

    @Test
    void connection_throughAGateway_reachesAPrivateServer() {
        server.removeFirewallRule("AllowAllAzureServicesAndResourcesWithinAzureIps");
        LocalGateway gateway = azure.gateway("vnet");
        ObjectNode body = (ObjectNode) connection("u", "secret");
        body.put("connectivityType", "VirtualNetworkGateway").put("gatewayId", gateway.id());

        Rest.Reply made = fabric.post("/connections", body);

        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.text("gatewayId")).isEqualTo(gateway.id());
        assertThat(testResult("/connections/" + made.text("id"))).isEqualTo("Online");
        gateway.offline();
        assertThat(testResult("/connections/" + made.text("id"))).isEqualTo("Offline");
    }

    @Test
    void connection_thatTheServiceDoesNotTake_isRefusedWithItsCode() {
        assertThat(refusal("\"type\":\"AzurePostgreSQL\"", "\"type\":\"AzurePostgreSql\""))
                .isEqualTo("InvalidConnectionDetails");
        assertThat(refusal("AzurePostgreSQL.Database", "PostgreSql")).isEqualTo("InvalidConnectionDetails");
        assertThat(refusal("\"name\":\"database\"", "\"name\":\"db\"")).isEqualTo("InvalidConnectionDetails");
        assertThat(refusal("\"credentialType\":\"Basic\"", "\"credentialType\":\"OAuth2\""))
                .isEqualTo("InvalidInput");
        assertThat(refusal("\"connectionEncryption\"", "\"skipTestConnection\":true,\"connectionEncryption\""))
                .isEqualTo("SkipTestConnectionNotSupported");
        assertThat(refusal("\"password\"", "\"passWord\"")).isEqualTo("IncorrectCredentials");
        assertThat(refusal("\"Encrypted\"", "\"NotEncrypted\"")).isEqualTo("IncorrectCredentials");
        assertThat(refusal("ShareableCloud", "PersonalCloud")).isEqualTo("UnsupportedConnectivityTypeInput");
    }

    private String refusal(String instead, String with) {
        String body = connection("u", "secret").toString();
        assertThat(body).contains(instead);
        Rest.Reply reply = fabric.post(
                "/connections", Json.read(body.replace(instead, with)).orElseThrow());
        assertThat(reply.status()).isEqualTo(400);
        return reply.text("errorCode");
    }

    @Test
    void connection_ofSomebodyElse_isInvisibleButHoldsItsName() {
        Rest stranger = new Rest(azure, azure.credential(azure.identity("stranger")));
        stranger.post("/connections", connection("u", "secret"));

        assertThat(fabric.get("/connections").body().findValuesAsText("displayName"))
                .doesNotContain(connectionName);
        assertThat(fabric.post("/connections", connection("u", "secret")).text("errorCode"))
                .isEqualTo("DuplicateConnectionName");
    }

    @Test
    void connection_isSharedWithAPerson() {
        LocalIdentity person = azure.person("Ann");
        String path = "/connections/"
                + fabric.post("/connections", connection("u", "secret")).text("id") + "/roleAssignments";
        ObjectNode body = Json.object("principal", Json.object("id", person.id(), "type", "User"), "role", "User");

        assertThat(fabric.post(path, body).status()).isEqualTo(201);
        assertThat(fabric.get(path).body().path("value")).hasSize(2);
        assertThat(fabric.patch(path + "/" + person.id(), Json.object("role", "Owner"))
                        .text("role"))
                .isEqualTo("Owner");
        assertThat(fabric.delete(path + "/" + person.id()).status()).isEqualTo(200);
        body.withObject("/principal").put("id", NOBODY);
        assertThat(fabric.post(path, body).text("errorCode")).isEqualTo("UnknownError");
    }

    @Test
    void mirroredDatabase_isMadeNamedDescribedAndListed() {
        String all = "/workspaces/" + workspace.id() + "/mirroredDatabases";
        Rest.Reply made = fabric.post(all, Rest.mirror("orders", NOBODY, "orders", ""));
        String one = all + "/" + made.text("id");

        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.header("ETag")).isEqualTo("\"\"");
        assertThat(made.body().has("properties")).isFalse();
        assertThat(fabric.post(all, Rest.mirror("orders", NOBODY, "orders", "")).text("errorCode"))
                .isEqualTo("ItemDisplayNameAlreadyInUse");
        JsonNode young = fabric.get(one).body().path("properties");
        assertThat(young.path("oneLakeTablesPath").isNull()).isTrue();
        assertThat(young.path("sqlEndpointProperties")
                        .path("provisioningStatus")
                        .asText())
                .isEqualTo("InProgress");
        assertThat(items("")).containsExactly("MirroredDatabase");

        skip(Duration.ofSeconds(61));
        assertThat(items("")).containsExactlyInAnyOrder("MirroredDatabase", "SQLEndpoint");
        assertThat(items("?type=MirroredDatabase")).containsExactly("MirroredDatabase");
        assertThat(fabric.get(one)
                        .body()
                        .path("properties")
                        .path("oneLakeTablesPath")
                        .asText())
                .endsWith("/Tables");
        fabric.patch(one, Json.object("displayName", "renamed", "description", "what it is"));
        assertThat(fabric.get(one).text("displayName")).isEqualTo("renamed");
        assertThat(fabric.post(one + "/getDefinition").body().toString()).contains("mirroring.json", ".platform");
        assertThat(fabric.post(one + "/stopMirroring").text("errorCode"))
                .isEqualTo("OperationNotAllowedInCurrentStatus");
    }

    private List<String> items(String query) {
        return fabric.get("/workspaces/" + workspace.id() + "/items" + query)
                .body()
                .findValuesAsText("type");
    }

    @Test
    void mirroredDatabase_thatIsNotDefined_isRefused() {
        String all = "/workspaces/" + workspace.id() + "/mirroredDatabases";

        assertThat(fabric.post(all, Json.object("displayName", "x")).text("errorCode"))
                .isEqualTo("MissingDefinition");
        assertThat(fabric.post(all, Json.object("displayName", "x", "definition", Json.object("parts", List.of())))
                        .text("errorCode"))
                .isEqualTo("MissingDefinitionParts");
        assertThat(fabric.post(all, Rest.mirror("x", "no guid", "orders", "")).text("errorCode"))
                .isEqualTo("CorruptedPayload");
        workspace.pauseCapacity();
        assertThat(fabric.post(all, Rest.mirror("x", NOBODY, "orders", "")).text("errorCode"))
                .isEqualTo("CapacityNotInActiveState");
    }

    @Test
    void list_inPages_bearsTokensUntilTheLast() {
        azure.fabricPageSize(2);
        try {
            for (int i = 0; i < 3; i++) {
                azure.workspace("Page " + workspaces + " " + i);
            }
            JsonNode first = fabric.get("/workspaces").body();
            assertThat(first.path("value")).hasSize(2);
            assertThat(first.path("continuationUri").asText()).startsWith("https://api.fabric.microsoft.com/v1/");

            int seen = 2;
            JsonNode page = first;
            while (page.has("continuationToken")) {
                page = fabric.get("/workspaces?continuationToken="
                                + java.net.URLEncoder.encode(
                                        page.path("continuationToken").asText(),
                                        java.nio.charset.StandardCharsets.UTF_8))
                        .body();
                seen += page.path("value").size();
            }
            assertThat(seen).isGreaterThanOrEqualTo(4);
        } finally {
            azure.fabricPageSize(Integer.MAX_VALUE);
        }
    }

    @Test
    void token_thatExpired_isSaidToBeSo() {
        String token = token("https://api.fabric.microsoft.com/.default");
        azure.expireTokens();

        Rest.Reply reply = fabric.send(HttpMethod.GET, "https://api.fabric.microsoft.com/v1/workspaces", "", token);

        assertThat(reply.text("errorCode")).isEqualTo("TokenExpired");
        fabric = new Rest(azure, azure.credential());
    }

    private JsonNode connection(String user, String password) {
        return Rest.connection(connectionName, server.fqdn(), "orders", user, password);
    }
}
