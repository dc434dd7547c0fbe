package io.fabricmirror.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls every operation of the local Fabric at least once with success, and some so that they are refused. */
final class EveryFabricCall {
    private static final String NOBODY = "22222222-2222-2222-2222-222222222222";

    private final LocalAzure azure;
    private final Rest fabric;
    private final List<Exchange> exchanges = new ArrayList<>();
    private int resultsRead;

    /** A call with its answer. */
    record Exchange(Call call, String body, Rest.Reply reply) {}

    EveryFabricCall(LocalAzure azure) {
        this.azure = azure;
        this.fabric = new Rest(azure);
    }

    private Rest.Reply get(String path) {
        return keep("", fabric.get(path));
    }

    private Rest.Reply post(String path) {
        return keep("", fabric.post(path));
    }

    private Rest.Reply post(String path, JsonNode body) {
        return keep(body.toString(), fabric.post(path, body));
    }

    private Rest.Reply patch(String path, JsonNode body) {
        return keep(body.toString(), fabric.patch(path, body));
    }

    private Rest.Reply delete(String path) {
        return keep("", fabric.delete(path));
    }

    private Rest.Reply keep(String body, Rest.Reply reply) {
        List<RecordedCall> calls = azure.calls();
        exchanges.add(new Exchange(calls.get(calls.size() - 1).call(), body, reply));
        return reply;
    }

    /** How many results of long operations were read with success. */
    int resultsRead() {
        return resultsRead;
    }

    List<Exchange> run() throws InterruptedException {
        LocalServer server = azure.server("pg-orders").admitAzureServices();
        server.sql("orders", "create table t (id int primary key); insert into t values (1)");
        String person = azure.person("Ann").id();
        String capacity = workspaceLife(azure.workspace("Other"));
        workspaceRoles("/workspaces/" + azure.workspace("Sales").id(), person);
        gateways(capacity, person);
        String connection = connections(server, person);
        mirrors("/workspaces/" + azure.workspace("Sales").id(), server, connection);
        delete("/connections/" + connection);
        return exchanges;
    }

    private String workspaceLife(LocalWorkspace any) throws InterruptedException {
        get("/workspaces");
        get("/capacities");
        String capacity = get("/workspaces/" + any.id()).text("capacityId");
        get("/capacities/" + capacity);
        get("/capacities/" + NOBODY);
        String made = "/workspaces/"
                + post("/workspaces", Json.object("displayName", "Made", "description", "here"))
                        .text("id");
        patch(made, Json.object("displayName", "Renamed", "description", "there"));
        post(made + "/assignToCapacity", Json.object("capacityId", capacity));
        operation(post(made + "/provisionIdentity"));
        get(made);
        operation(post(made + "/deprovisionIdentity"));
        post(made + "/unassignFromCapacity");
        get(made + "/nothing");
        delete(made);
        return capacity;
    }

    /** Follows an operation to its end; its result is what the call that began it is specified to answer. */
    private void operation(Rest.Reply accepted) throws InterruptedException {
        Call began = exchanges.get(exchanges.size() - 1).call();
        String operation = "/operations/" + accepted.header("x-ms-operation-id");
        get(operation);
        azure.pacer().pause(Duration.ofSeconds(5));
        get(operation);
        Rest.Reply result = get(operation + "/result");
        if (result.status() == 200) {
            exchanges.set(exchanges.size() - 1, new Exchange(began, "", result));
            resultsRead++;
        }
    }

    private void workspaceRoles(String workspace, String person) {
        roles(workspace, person, "Viewer", "Member");
        post(workspace + "/roleAssignments", role(NOBODY, "Viewer"));
        ObjectNode profile = role(NOBODY, "Viewer");
        profile.withObject("/principal").put("type", "ServicePrincipalProfile");
        post(workspace + "/roleAssignments", profile);
    }

    private static ObjectNode role(String principal, String role) {
        return Json.object("principal", Json.object("id", principal, "type", "User"), "role", role);
    }

    private void roles(String parent, String person, String role, String otherRole) {
        String all = parent + "/roleAssignments";
        post(all, role(person, role));
        get(all);
        get(all + "/" + person);
        patch(all + "/" + person, Json.object("role", otherRole));
        delete(all + "/" + person);
    }

    private void gateways(String capacity, String person) throws InterruptedException {
        JsonNode definition = Json.read("""
                        {"type":"VirtualNetwork","displayName":"vnet","capacityId":"%s","inactivityMinutesBeforeSleep":30,
                         "numberOfMemberGateways":1,"virtualNetworkAzureResource":{"subscriptionId":"%s",
                         "resourceGroupName":"rg","virtualNetworkName":"vnet","subnetName":"subnet"}}
                        """.formatted(capacity, NOBODY)).orElseThrow();
        String made = "/gateways/" + post("/gateways", definition).text("id");
        post("/gateways", definition);
        get("/gateways");
        get(made);
        patch(made, Json.object("type", "VirtualNetwork", "displayName", "renamed"));
        operation(post(made + "/checkStatus"));
        roles(made, person, "ConnectionCreator", "Admin");
        delete(made);
    }

    private String connections(LocalServer server, String person) throws InterruptedException {
        get("/connections/supportedConnectionTypes");
        JsonNode definition =
                Rest.connection("orders", server.fqdn(), "orders", server.adminLogin(), server.adminPassword());
        String id = post("/connections", definition).text("id");
        String made = "/connections/" + id;
        post("/connections", definition);
        get("/connections");
        get(made);
        patch(made, Json.object("connectivityType", "ShareableCloud", "displayName", "renamed"));
        operation(post(made + "/testConnection"));
        roles(made, person, "User", "Owner");
        return id;
    }

    private void mirrors(String workspace, LocalServer server, String connection) throws InterruptedException {
        enable(server);
        String all = workspace + "/mirroredDatabases";
        JsonNode definition = Rest.mirror("orders", connection, "orders", "");
        String made = all + "/" + post(all, definition).text("id");
        String item = made.replace("mirroredDatabases", "items");
        post(all, definition);
        get(made);
        post(made + "/startMirroring");
        azure.pacer().pause(Duration.ofSeconds(61));
        get(all);
        get(made);
        get(workspace + "/items");
        get(item);
        get(item + "/connections");
        patch(made, Json.object("description", "what it is"));
        patch(item, Json.object("description", "what else it is"));
        post(made + "/getDefinition");
        post(item + "/getDefinition");
        ObjectNode update = Json.object("definition", definition.get("definition"));
        post(made + "/updateDefinition", update);
        post(item + "/updateDefinition", update);
        post(made + "/startMirroring");
        azure.pacer().pause(Duration.ofSeconds(31));
        post(made + "/getMirroringStatus");
        post(made + "/getTablesMirroringStatus");
        azure.workspace("Sales")
                .role(
                        azure.services()
                                .directory
                                .find(server.principalId().orElseThrow())
                                .orElseThrow(),
                        "Contributor");
        azure.pacer().pause(Duration.ofSeconds(31));
        post(made + "/getTablesMirroringStatus");
        post(made + "/stopMirroring");
        delete(made);
        String second = all + "/"
                + post(all, Rest.mirror("second", connection, "postgres", "")).text("id");
        azure.pacer().pause(Duration.ofSeconds(61));
        post(second + "/startMirroring");
        azure.pacer().pause(Duration.ofSeconds(31));
        post(second + "/getMirroringStatus");
        delete(second.replace("mirroredDatabases", "items"));
        folders(workspace, connection);
    }

    private void folders(String workspace, String connection) {
        String all = workspace + "/folders";
        String parent = post(all, Json.object("displayName", "Data")).text("id");
        String child = post(all, Json.object("displayName", "Mirrors", "parentFolderId", parent))
                .text("id");
        post(all, Json.object("displayName", "data"));
        post(all, Json.object("displayName", "a/b"));
        get(all);
        get(all + "/" + child);
        get(all + "/" + NOBODY);
        patch(all + "/" + child, Json.object("displayName", "Sources"));
        ObjectNode definition = (ObjectNode) Rest.mirror("third", connection, "orders", "");
        definition.put("type", "MirroredDatabase").put("folderId", child);
        String item =
                workspace + "/items/" + post(workspace + "/items", definition).text("id");
        post(workspace + "/items", definition.put("type", "Notebook").put("displayName", "other"));
        delete(all + "/" + child);
        post(item + "/move", Json.object("targetFolderId", parent));
        delete(all + "/" + child);
        delete(item);
        delete(all + "/" + parent);
    }

    private static void enable(LocalServer server) {
        server.systemAssignedIdentity()
                .parameter("wal_level", "logical")
                .parameter("max_worker_processes", "16")
                .restart()
                .parameter("azure.fabric_mirror_enabled", "on")
                .parameter("azure.mirror_databases", "orders")
                .sql("orders", "reset role; grant azure_cdc_admin to pgadmin");
    }
}
