package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Microsoft's own tools, unmodified, against the local Azure: over TLS and a proxy, each told of both by its own variables.
 * What a tool says it did is compared with what happened.
 */
@Tag("strangers")
class StrangersTest {
    private static final String GROUP = "rg-data";

    @TempDir
    private Path folder;

    private LocalAzure azure;
    private LocalServer server;

    @BeforeEach
    void start() {
        azure = LocalAzure.start();
        server = azure.server("pg-orders")
                .sql("orders", "create table t (id int primary key); insert into t select generate_series(1, 50)");
        azure.workspace("Sales");
        azure.gateway("vnet");
    }

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void fabricCicd_folderWithAMirroredDatabase_isPublishedAndPublishedAgain() throws Exception {
        String connection = mirrorableServer();
        Path repository = folder.resolve("repository");
        writeItem(repository.resolve("Sources/orders.MirroredDatabase"), connection);
        Files.writeString(folder.resolve("publish.py"), """
                import os
                from azure.identity import ClientSecretCredential
                from fabric_cicd import FabricWorkspace, publish_all_items

                credential = ClientSecretCredential(os.environ["TENANT"], os.environ["CLIENT"], os.environ["SECRET"])
                publish_all_items(FabricWorkspace(
                    workspace_name="Sales", repository_directory="repository",
                    item_type_in_scope=["MirroredDatabase"], token_credential=credential))
                """);
        Tool cicd = Tool.of("fabric-cicd", folder, azure);

        Tool.Run first = cicd.run(signIn(), "python", "publish.py").succeeded();

        assertThat(first.output()).contains("Published MirroredDatabase 'orders'");
        assertThat(azure.calls(new Call("Folders_CreateFolder")))
                .extracting(RecordedCall::status)
                .containsExactly(201);
        assertThat(azure.calls(new Call("Items_CreateItem")))
                .extracting(RecordedCall::status)
                .containsExactly(201);
        JsonNode item = items().path("value").path(0);
        assertThat(item.path("displayName").asText()).isEqualTo("orders");
        assertThat(item.path("folderId").asText()).isNotEmpty();
        assertThat(new Rest(azure)
                        .get("/workspaces/" + workspaceId() + "/items/"
                                + item.path("id").asText() + "/connections")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(connection);

        azure.jump(Duration.ofSeconds(61));
        cicd.run(signIn(), "python", "publish.py").succeeded();

        assertThat(azure.calls(new Call("Items_CreateItem"))).hasSize(1);
        assertThat(azure.calls(new Call("Items_UpdateItemDefinition")))
                .extracting(RecordedCall::status)
                .containsExactly(200);
        startAndCompare();
    }

    @Test
    void fabricCli_mirroredDatabase_isMadeStartedReadAndStopped() throws Exception {
        String connection = mirrorableServer();
        Path item = folder.resolve("orders.MirroredDatabase");
        writeItem(item, connection);
        Tool fab = Tool.of("ms-fabric-cli", folder, azure);
        Map<String, String> who = signIn();
        fab.run("fab", "config", "set", "encryption_fallback_enabled", "true").succeeded();

        fab.run("fab", "auth", "login", "-u", who.get("CLIENT"), "-p", who.get("SECRET"), "--tenant", who.get("TENANT"))
                .succeeded();
        assertThat(azure.calls(Call.TOKEN)).isNotEmpty();

        assertThat(fab.run("fab", "ls").succeeded().output()).contains("Sales.Workspace");
        assertThat(fab.run("fab", "ls", ".connections").succeeded().output()).contains("orders-pg.Connection");
        assertThat(fab.run("fab", "ls", ".gateways").succeeded().output()).contains("vnet.Gateway");
        assertThat(fab.run("fab", "get", ".connections/orders-pg.Connection", "-q", "id", "-f")
                        .succeeded()
                        .output())
                .contains(connection);
        assertThat(fab.run("fab", "get", ".gateways/vnet.Gateway", "-q", "type", "-f")
                        .succeeded()
                        .output())
                .contains("VirtualNetwork");

        fab.run("fab", "create", "Sales.Workspace/landing.MirroredDatabase").succeeded();
        fab.run("fab", "import", "Sales.Workspace/orders.MirroredDatabase", "-i", item.toString(), "-f")
                .succeeded();
        assertThat(items().findValuesAsText("displayName")).contains("landing", "orders");
        assertThat(fab.run("fab", "ls", "Sales.Workspace").succeeded().output())
                .contains("landing.MirroredDatabase", "orders.MirroredDatabase");

        azure.jump(Duration.ofSeconds(61));
        fab.run("fab", "start", "Sales.Workspace/orders.MirroredDatabase", "-f").succeeded();
        assertThat(azure.calls(Call.START_MIRRORING))
                .extracting(RecordedCall::status)
                .containsExactly(200);
        azure.pacer().pause(Duration.ofSeconds(31));
        assertThat(azure.workspace("Sales").mirror("orders").rows("public.t")).isEqualTo(50);

        Tool.Run got = fab.run("fab", "get", "Sales.Workspace/orders.MirroredDatabase", "-q", ".", "-f")
                .succeeded();
        assertThat(got.output()).contains("Running", connection, "Replicating");

        fab.run("fab", "stop", "Sales.Workspace/orders.MirroredDatabase", "-f").succeeded();
        azure.pacer().pause(Duration.ofSeconds(31));
        assertThat(azure.workspace("Sales").mirror("orders").status()).isEqualTo("Stopped");
        assertThat(azure.calls(Call.UNKNOWN)).isEmpty();
    }

    @Test
    void azureCli_flexibleServer_isReadPreparedAndRestarted() throws Exception {
        Tool az = Tool.of("azure-cli", folder, azure);
        Map<String, String> who = signIn();
        JsonNode account = az(
                az,
                "login",
                "--service-principal",
                "-u",
                who.get("CLIENT"),
                "-p",
                who.get("SECRET"),
                "--tenant",
                who.get("TENANT"));
        assertThat(account.at("/0/id").asText()).isEqualTo(server.id().subscriptionId());

        JsonNode shown = postgres(az, "show", "-g", GROUP, "-n", "pg-orders");
        assertThat(shown.path("fullyQualifiedDomainName").asText()).isEqualTo(server.fqdn());
        assertThat(shown.path("state").asText()).isEqualTo("Ready");

        JsonNode workers = postgres(
                az, "parameter", "set", "-g", GROUP, "-s", "pg-orders", "-n", "max_worker_processes", "-v", "13");
        assertThat(workers.path("isConfigPendingRestart").asBoolean()).isTrue();
        postgres(az, "parameter", "set", "-g", GROUP, "-s", "pg-orders", "-n", "wal_level", "-v", "logical");
        assertThat(server.query("postgres", "show max_worker_processes")).isEqualTo("8");

        JsonNode rule = postgres(
                az,
                "firewall-rule",
                "create",
                "-g",
                GROUP,
                "-s",
                "pg-orders",
                "-n",
                "azure",
                "--start-ip-address",
                "0.0.0.0",
                "--end-ip-address",
                "0.0.0.0");
        assertThat(rule.path("name").asText()).isEqualTo("azure");
        assertThat(server.firewallRules()).containsEntry("azure", "0.0.0.0-0.0.0.0");

        JsonNode identity =
                postgres(az, "identity", "update", "-g", GROUP, "-s", "pg-orders", "--system-assigned", "Enabled");
        assertThat(identity.path("principalId").asText())
                .isEqualTo(server.principalId().orElseThrow());

        JsonNode databases = postgres(
                az, "fabric-mirroring", "start", "-g", GROUP, "-s", "pg-orders", "--database-names", "orders", "--yes");
        assertThat(databases.path("value").asText()).isEqualTo("orders");

        az.run("az", "postgres", "flexible-server", "restart", "-g", GROUP, "-n", "pg-orders")
                .succeeded();
        assertThat(server.query("postgres", "show max_worker_processes")).isEqualTo("13");
        assertThat(server.query("orders", "select extname from pg_extension where extname = 'azure_cdc'"))
                .isEqualTo("azure_cdc");
        assertThat(azure.calls(Call.RESTART_SERVER)).hasSize(1);
        assertThat(azure.calls(Call.UNKNOWN)).isEmpty();
    }

    private JsonNode postgres(Tool az, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 2];
        command[0] = "postgres";
        command[1] = "flexible-server";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return az(az, command);
    }

    // Warnings come before the JSON, on the same stream here.
    private static JsonNode az(Tool az, String... arguments) throws IOException, InterruptedException {
        String output = az.run(Map.of("AZURE_CORE_COLLECT_TELEMETRY", "0"), "az", arguments)
                .succeeded()
                .output();
        return Json.read(output.substring(output.indexOf(output.contains("\n[") || output.startsWith("[") ? '[' : '{')))
                .orElseThrow();
    }

    private Map<String, String> signIn() {
        return Map.of(
                "TENANT", azure.tenantId(),
                "CLIENT", azure.caller().id(),
                "SECRET", azure.clientSecret(azure.caller()));
    }

    private String workspaceId() {
        return azure.workspace("Sales").id();
    }

    private JsonNode items() {
        return new Rest(azure)
                .get("/workspaces/" + workspaceId() + "/items?type=MirroredDatabase")
                .body();
    }

    /** Prepares the server as a mirror needs it; returns the id of a connection to it. */
    private String mirrorableServer() {
        MirrorableServer.prepare(server);
        return MirrorableServer.connect(azure, server);
    }

    private static void writeItem(Path item, String connection) throws IOException {
        Files.createDirectories(item);
        Files.writeString(item.resolve(".platform"), """
                {
                  "$schema": "https://developer.microsoft.com/json-schemas/fabric/gitIntegration/platformProperties/2.0.0/schema.json",
                  "metadata": {"type": "MirroredDatabase", "displayName": "orders", "description": "as published"},
                  "config": {"version": "2.0", "logicalId": "7a1d2a0e-4b3b-4f0e-9d7a-0d5c9b4d1a11"}
                }
                """);
        Files.writeString(item.resolve("mirroring.json"), """
                {
                  "properties": {
                    "source": {"type": "AzurePostgreSql", "typeProperties": {"connection": "%s", "database": "orders"}},
                    "target": {"type": "MountedRelationalDatabase", "typeProperties": {"format": "Delta", "defaultSchema": "public"}}
                  }
                }
                """.formatted(connection));
    }

    private void startAndCompare() throws InterruptedException {
        LocalMirror mirror = azure.workspace("Sales").mirror("orders");
        assertThat(new Rest(azure)
                        .post("/workspaces/" + workspaceId() + "/mirroredDatabases/" + mirror.id() + "/startMirroring")
                        .status())
                .isEqualTo(200);
        azure.pacer().pause(Duration.ofSeconds(31));
        assertThat(mirror.rows("public.t")).isEqualTo(50);
        assertThat(mirror.checksum("public.t")).isEqualTo(server.checksum("orders", "public.t"));
    }
}
