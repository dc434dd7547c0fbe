package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each documented cause for which one table fails while the others replicate. */
class TableFailuresTest {
    private static final Map<String, String> EXPECTED = new TreeMap<>(Map.of(
            "public.good", "Replicating",
            "public.a_view", "NOT_REGULAR_TABLE",
            "public.parted", "NOT_REGULAR_TABLE",
            "public.forgetful", "NOT_REGULAR_TABLE",
            "public.others", "NOT_TABLE_OWNER",
            "public.price list", "FORBIDDEN_CHARS_IN_TABLE_NAME",
            "public.odd_column", "FORBIDDEN_CHARS_IN_COLUMN_NAME",
            "public.json_key", "UNSUPPORTED_TYPE_IN_REPLICA_IDENTITY",
            "public.nothing", "TABLE_DOES_NOT_EXIST",
            "nowhere.t", "SCHEMA_DOES_NOT_EXIST"));

    @Test
    void namedTables_thatCannotBeMirrored_failEachForItsCause() throws InterruptedException {
        try (LocalAzure azure = LocalAzure.builder().withoutHttp().start()) {
            LocalServer server = azure.server("pg-orders").sql("orders", """
                    create table good (id int primary key, extra point);
                    insert into good values (1), (2);
                    create view a_view as select id from good;
                    create table parted (id int) partition by range (id);
                    create unlogged table forgetful (id int primary key);
                    create table "price list" (id int primary key);
                    create table odd_column (id int primary key, "a b" text);
                    create table json_key (id jsonb primary key);
                    """);
            MirrorableServer.prepare(server);
            server.sql("orders", "create table others (id int primary key)");
            String connection = MirrorableServer.connect(azure, server);
            Rest fabric = new Rest(azure);
            String all = "/workspaces/" + azure.workspace("Sales").id() + "/mirroredDatabases";
            String mounted = EXPECTED.keySet().stream()
                    .map(TableFailuresTest::mounted)
                    .collect(Collectors.joining(",", ",\"mountedTables\":[", "]"));
            String mirror = all + "/"
                    + fabric.post(all, Rest.mirror("orders", connection, "orders", mounted))
                            .text("id");
            azure.pacer().pause(Duration.ofSeconds(61));
            assertThat(fabric.post(mirror + "/startMirroring").status()).isEqualTo(200);
            azure.pacer().pause(Duration.ofSeconds(31));

            Map<String, String> states = new TreeMap<>();
            for (JsonNode table :
                    fabric.post(mirror + "/getTablesMirroringStatus").body().path("data")) {
                states.put(
                        table.path("sourceSchemaName").asText() + "."
                                + table.path("sourceTableName").asText(),
                        table.at("/error/errorCode").asText(table.path("status").asText()));
            }

            assertThat(states).isEqualTo(EXPECTED);
            assertThat(azure.workspace("Sales").mirror("orders").rows("public.good"))
                    .isEqualTo(2);
        }
    }

    private static String mounted(String name) {
        int dot = name.indexOf('.');
        return "{\"source\":{\"typeProperties\":{\"schemaName\":\"" + name.substring(0, dot) + "\",\"tableName\":\""
                + name.substring(dot + 1) + "\"}}}";
    }
}
