package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.time.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MirroringTest {
    private static final String PREPARE = """
            create table t (id int primary key, note text);
            insert into t select i, 'note ' || i from generate_series(1, 1000) i;
            create table others (id int primary key);
            reset role;
            create role fabric_user createdb createrole login replication password 'secret-1';
            grant fabric_user to pgadmin with admin option;
            set role pgadmin;
            grant create on database orders to fabric_user;
            grant usage, create on schema public to fabric_user;
            """;

    private final LocalAzure azure = LocalAzure.builder().withoutHttp().start();
    private final Rest fabric = new Rest(azure);
    private final LocalServer server = azure.server("pg-orders");
    private final LocalWorkspace sales = azure.workspace("Sales");

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void mirror_ofAPreparedServer_holdsWhatTheSourceHolds() throws InterruptedException {
        prepare();
        String mirror = startedMirror("");

        assertThat(status(mirror)).isEqualTo("Running");
        assertThat(states(mirror)).isEqualTo(Map.of("public.t", "Replicating"));
        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(1000);

        server.sql(
                "orders",
                "set role fabric_user; insert into t values (2000, 'x'), (2001, 'y'); delete from t where id <= 10;"
                        + " update t set note = 'changed' where id = 11");
        azure.pacer().pause(Duration.ofSeconds(5));

        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(992);
    }

    @Test
    void mirror_withoutWorkspaceRole_runsAndEveryTableFails() throws InterruptedException {
        prepare();
        sales.removeRole(server.principalId().orElseThrow());
        String mirror = startedMirror("");

        assertThat(status(mirror)).isEqualTo("Running");
        JsonNode table = tables(mirror).get(0);
        assertThat(table.path("status").asText()).isEqualTo("Failed");
        assertThat(table.path("error").path("errorCode").asText()).isEqualTo("CDC_ERR_SYS_ONELAKE_PERMISSION_DENIED");
        assertThat(server.query("orders", "select error_code from azure_cdc.get_health_status('', '') limit 1"))
                .isEqualTo("CDC_ERR_SYS_ONELAKE_PERMISSION_DENIED");
    }

    @Test
    void mirror_ofADatabaseThatWasNotEnabled_stopsWithTheReason() throws InterruptedException {
        server.admitAzureServices().sql("orders", PREPARE);
        String mirror = startedMirror("");

        JsonNode answer = fabric.post(path(mirror) + "/getMirroringStatus").body();
        assertThat(answer.path("status").asText()).isEqualTo("Stopped");
        assertThat(answer.path("error").path("message").asText()).contains("not ready for mirroring");
    }

    @Test
    void mirror_ofNamedTables_failsThoseThatCannotBeMirrored() throws InterruptedException {
        prepare();
        String mirror = startedMirror("""
                ,"mountedTables":[{"source":{"typeProperties":{"schemaName":"public","tableName":"t"}}},
                  {"source":{"typeProperties":{"schemaName":"public","tableName":"others"}}},
                  {"source":{"typeProperties":{"schemaName":"public","tableName":"nothing"}}}]""");

        assertThat(states(mirror))
                .isEqualTo(Map.of(
                        "public.t",
                        "Replicating",
                        "public.others",
                        "NOT_TABLE_OWNER",
                        "public.nothing",
                        "TABLE_DOES_NOT_EXIST"));
    }

    @Test
    void truncate_atTheSource_failsTheTableUntilTheNextStart() throws InterruptedException {
        prepare();
        String mirror = startedMirror("");
        server.sql("orders", "set role fabric_user; truncate t; insert into t values (1, 'again')");
        azure.pacer().pause(Duration.ofSeconds(5));

        assertThat(states(mirror)).isEqualTo(Map.of("public.t", "CDC_ERR_TABLE_TRUNCATE_NOT_SUPPORTED"));

        fabric.post(path(mirror) + "/stopMirroring");
        assertThat(status(mirror)).isEqualTo("Stopping");
        azure.pacer().pause(Duration.ofSeconds(31));
        assertThat(status(mirror)).isEqualTo("Stopped");
        assertThat(server.query("orders", "select count(*) from pg_replication_slots"))
                .isEqualTo("0");

        fabric.post(path(mirror) + "/startMirroring");
        azure.pacer().pause(Duration.ofSeconds(31));
        assertThat(states(mirror)).isEqualTo(Map.of("public.t", "Replicating"));
        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(1);
    }

    @Test
    void stream_isTakenUpAgainAfterARestart_withoutCopyingAnew() throws InterruptedException {
        prepare();
        startedMirror("");
        server.restart();
        server.sql("orders", "set role fabric_user; insert into t values (5000, 'after')");
        azure.pacer().pause(Duration.ofSeconds(20));

        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(1001);
    }

    @Test
    void newTable_ofAMirrorThatFollowsAll_arrivesToo() throws InterruptedException {
        prepare();
        startedMirror("");
        server.sql(
                "orders",
                "create table late (id int primary key); alter table late owner to fabric_user;"
                        + " set role fabric_user; insert into late values (1), (2)");
        azure.pacer().pause(Duration.ofSeconds(5));

        assertThat(sales.mirror("orders").rows("public.late")).isEqualTo(2);
        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(1000);
    }

    @Test
    void failover_before17_losesTheSlotAndCopiesAnew() throws InterruptedException {
        prepare();
        startedMirror("");
        server.failover().sql("orders", "set role fabric_user; delete from t where id > 100");
        azure.pacer().pause(Duration.ofSeconds(20));

        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(100);
    }

    @Test
    void capacityPaused_pausesTheMirrorAndHoldsTheLog() throws InterruptedException {
        prepare();
        String mirror = startedMirror("");
        sales.pauseCapacity();
        assertThat(status(mirror)).isEqualTo("Paused");
        server.sql("orders", "set role fabric_user; insert into t values (7000, 'later')");
        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(1000);
        assertThat(server.query("orders", "select count(*) from pg_replication_slots"))
                .isEqualTo("1");

        sales.resumeCapacity();
        azure.pacer().pause(Duration.ofSeconds(20));
        assertThat(status(mirror)).isEqualTo("Running");
        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(1001);
    }

    @Test
    void passwordChanged_showsInTheStatusUntilTheConnectionHasTheNewOne() throws InterruptedException {
        prepare();
        String mirror = startedMirror("");
        server.sql("orders", "reset role; alter role fabric_user password 'secret-2'")
                .restart();
        for (int i = 0; i < 500 && !error(mirror).equals("IncorrectCredentials"); i++) {
            Waiting.slice();
        }
        assertThat(error(mirror)).isEqualTo("IncorrectCredentials");

        JsonNode connection = fabric.get("/connections").body().path("value").get(0);
        JsonNode wrong = Json.read("""
                        {"connectivityType":"ShareableCloud","credentialDetails":{"connectionEncryption":"Encrypted",
                         "credentials":{"credentialType":"Basic","username":"fabric_user","password":"secret-3"}}}
                        """).orElseThrow();
        String path = "/connections/" + connection.path("id").asText();
        assertThat(fabric.patch(path, wrong).text("errorCode")).isEqualTo("IncorrectCredentials");
        JsonNode right =
                Json.read(wrong.toString().replace("secret-3", "secret-2")).orElseThrow();
        assertThat(fabric.patch(path, right).status()).isEqualTo(200);

        server.sql("orders", "set role fabric_user; insert into t values (7000, 'later')");
        azure.pacer().pause(Duration.ofSeconds(20));
        for (int i = 0; i < 500 && !error(mirror).isEmpty(); i++) {
            Waiting.slice();
        }
        azure.pacer().pause(Duration.ofSeconds(20));
        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(1001);
    }

    @Test
    void workspaceRoleGivenLate_letsTheDataThrough() throws InterruptedException {
        prepare();
        String principal = server.principalId().orElseThrow();
        sales.removeRole(principal);
        String mirror = startedMirror("");
        assertThat(states(mirror)).isEqualTo(Map.of("public.t", "CDC_ERR_SYS_ONELAKE_PERMISSION_DENIED"));

        grantRole();
        azure.pacer().pause(Duration.ofSeconds(20));
        assertThat(states(mirror)).isEqualTo(Map.of("public.t", "Replicating"));
        assertThat(sales.mirror("orders").rows("public.t")).isEqualTo(1000);
    }

    @Test
    void tableTakenOutOfTheDefinition_leavesTheCopy_andOneAddedArrives() throws InterruptedException {
        prepare();
        server.sql(
                "orders",
                "create table u (id int primary key); insert into u values (1);"
                        + " alter table u owner to fabric_user");
        String mirror = startedMirror(mounted("t"));
        assertThat(sales.mirror("orders").tables()).containsExactly("public.t");

        String connection = fabric.get("/connections")
                .body()
                .path("value")
                .get(0)
                .path("id")
                .asText();
        Rest.Reply updated = fabric.post(
                path(mirror) + "/updateDefinition", Rest.mirror("orders", connection, "orders", mounted("u")));
        assertThat(updated.status()).isEqualTo(200);
        azure.pacer().pause(Duration.ofSeconds(20));

        assertThat(sales.mirror("orders").tables()).containsExactly("public.u");
        assertThat(sales.mirror("orders").rows("public.u")).isEqualTo(1);
        assertThat(fabric.post(
                                path(mirror) + "/updateDefinition",
                                Rest.mirror("orders", connection, "other", mounted("u")))
                        .text("errorCode"))
                .isEqualTo("OperationNotAllowedInCurrentStatus");
    }

    private static String mounted(String table) {
        return ",\"mountedTables\":[{\"source\":{\"typeProperties\":{\"schemaName\":\"public\",\"tableName\":\"" + table
                + "\"}}}]";
    }

    private String error(String mirror) {
        return fabric.post(path(mirror) + "/getMirroringStatus")
                .body()
                .path("error")
                .path("errorCode")
                .asText();
    }

    @Test
    void delete_leavesNothingAtTheSource_andHoldsTheName() throws InterruptedException {
        prepare();
        String mirror = startedMirror("");
        fabric.delete(path(mirror));

        assertThat(server.query("orders", "select count(*) from pg_replication_slots"))
                .isEqualTo("0");
        assertThat(server.query("orders", "select count(*) from pg_publication"))
                .isEqualTo("0");
        String connection = fabric.get("/connections")
                .body()
                .path("value")
                .get(0)
                .path("id")
                .asText();
        Rest.Reply refused = fabric.post(path(""), Rest.mirror("orders", connection, "orders", ""));
        assertThat(refused.text("errorCode")).isEqualTo("ItemDisplayNameNotAvailableYet");
        azure.pacer().pause(Duration.ofMinutes(6));
        assertThat(fabric.post(path(""), Rest.mirror("orders", connection, "orders", ""))
                        .status())
                .isEqualTo(201);
    }

    private void prepare() throws InterruptedException {
        server.admitAzureServices()
                .systemAssignedIdentity()
                .sql("orders", PREPARE)
                .sql("orders", "alter table t owner to fabric_user")
                .parameter("wal_level", "logical")
                .parameter("max_worker_processes", "16")
                .restart()
                .parameter("azure.fabric_mirror_enabled", "on")
                .parameter("azure.mirror_databases", "orders")
                .sql("orders", "reset role; grant azure_cdc_admin to fabric_user");
        azure.pacer().pause(Duration.ofMinutes(1));
        grantRole();
    }

    private void grantRole() {
        Rest.Reply role = fabric.post(
                "/workspaces/" + sales.id() + "/roleAssignments",
                Json.object(
                        "principal",
                        Json.object("id", server.principalId().orElseThrow(), "type", "ServicePrincipal"),
                        "role",
                        "Contributor"));
        assertThat(role.status()).isEqualTo(201);
    }

    private String startedMirror(String mountedTables) throws InterruptedException {
        Rest.Reply connection = fabric.post(
                "/connections", Rest.connection("pg-orders", server.fqdn(), "orders", "fabric_user", "secret-1"));
        assertThat(connection.status()).as(connection.body().toString()).isEqualTo(201);
        Rest.Reply created =
                fabric.post(path(""), Rest.mirror("orders", connection.text("id"), "orders", mountedTables));
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        String mirror = created.text("id");
        assertThat(status(mirror)).isEqualTo("Initializing");
        assertThat(fabric.post(path(mirror) + "/startMirroring").text("errorCode"))
                .isEqualTo("OperationNotAllowedInCurrentStatus");
        azure.pacer().pause(Duration.ofSeconds(61));
        assertThat(status(mirror)).isEqualTo("Initialized");
        assertThat(fabric.post(path(mirror) + "/startMirroring").status()).isEqualTo(200);
        assertThat(status(mirror)).isEqualTo("Starting");
        azure.pacer().pause(Duration.ofSeconds(31));
        return mirror;
    }

    private String path(String mirror) {
        return "/workspaces/" + sales.id() + "/mirroredDatabases" + (mirror.isEmpty() ? "" : "/" + mirror);
    }

    private String status(String mirror) {
        return fabric.post(path(mirror) + "/getMirroringStatus").text("status");
    }

    private JsonNode tables(String mirror) {
        return fabric.post(path(mirror) + "/getTablesMirroringStatus").body().path("data");
    }

    /** The state of each table, or the code of its error. */
    private Map<String, String> states(String mirror) {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode table : tables(mirror)) {
            String state = table.path("status").asText();
            states.put(
                    table.path("sourceSchemaName").asText() + "."
                            + table.path("sourceTableName").asText(),
                    state.equals("Failed")
                            ? table.path("error").path("errorCode").asText()
                            : state);
        }
        return states;
    }
}
