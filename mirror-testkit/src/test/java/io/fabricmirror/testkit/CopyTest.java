package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What arrived, compared with the source by count and checksum. */
class CopyTest {
    private final LocalAzure azure = LocalAzure.builder().withoutHttp().start();
    private final Rest fabric = new Rest(azure);
    private final LocalServer server = azure.server("pg-orders");
    private final LocalWorkspace sales = azure.workspace("Sales");

    @BeforeEach
    void enable() throws InterruptedException {
        server.admitAzureServices()
                .systemAssignedIdentity()
                .parameter("wal_level", "logical")
                .parameter("max_worker_processes", "16")
                .restart()
                .sql("orders", "select 1")
                .parameter("azure.fabric_mirror_enabled", "on")
                .parameter("azure.mirror_databases", "orders")
                .sql("orders", "reset role; grant azure_cdc_admin to pgadmin");
        azure.pacer().pause(Duration.ofMinutes(1));
        ObjectNode principal = Json.object("id", server.principalId().orElseThrow(), "type", "ServicePrincipal");
        fabric.post(
                "/workspaces/" + sales.id() + "/roleAssignments",
                Json.object("principal", principal, "role", "Contributor"));
    }

    @AfterEach
    void close() {
        azure.close();
    }

    private LocalMirror start() throws InterruptedException {
        String connection = fabric.post(
                        "/connections",
                        Rest.connection("c", server.fqdn(), "orders", server.adminLogin(), server.adminPassword()))
                .text("id");
        String all = "/workspaces/" + sales.id() + "/mirroredDatabases";
        String one = all + "/"
                + fabric.post(all, Rest.mirror("orders", connection, "orders", ""))
                        .text("id");
        azure.pacer().pause(Duration.ofSeconds(61));
        assertThat(fabric.post(one + "/startMirroring").status()).isEqualTo(200);
        azure.pacer().pause(Duration.ofMinutes(5));
        return sales.mirror("orders");
    }

    private void equal(LocalMirror mirror, String table) throws InterruptedException {
        azure.pacer().pause(Duration.ofMinutes(5));
        assertThat(mirror.state(table)).isEqualTo("Replicating");
        assertThat(mirror.rows(table))
                .isEqualTo(Long.parseLong(server.query("orders", "select count(*) from " + table)));
        assertThat(mirror.checksum(table)).isEqualTo(server.checksum("orders", table));
    }

    @Test
    void everyType_andEveryKindOfChange_arrivesAsItIs() throws InterruptedException {
        server.sql("orders", """
                create table kinds (id bigint primary key, t text, b bytea, n numeric, d double precision, at timestamptz,
                  u uuid, f boolean, big text, twice bigint generated always as (id * 2) stored);
                insert into kinds (id, t, b, n, d, at, u, f, big) select i, case when i % 7 = 0 then null else E'tab\\t line\\n back\\\\ \\x0b ü ' || i end,
                  decode(md5(i::text), 'hex'), i / 3.0, i / 7.0, timestamptz '2026-01-01' + i * interval '1 minute 0.1 s',
                  md5(i::text)::uuid, i % 2 = 0, repeat(md5(i::text), 200) from generate_series(1, 500) i;
                alter table kinds alter column big set storage external;
                """);
        LocalMirror mirror = start();
        equal(mirror, "public.kinds");

        server.sql("orders", """
                insert into kinds (id, t, b, n, d, at, u, f, big) select i, E'new\\t' || i, null, 'NaN', 'Infinity', 'infinity', null, null, repeat('x', 9000)
                  from generate_series(1001, 1100) i;
                update kinds set t = t || '!' where id % 3 = 0;
                update kinds set id = id + 10000 where id % 5 = 0;
                update kinds set big = repeat('y', 9000) where id % 11 = 0;
                delete from kinds where id % 13 = 0;
                """);
        equal(mirror, "public.kinds");
    }

    @Test
    void content_ofAValueWithControlCharacters_isTheValue() throws InterruptedException {
        server.sql(
                "orders",
                "create table t (id int primary key, v text); insert into t values (1, E'a\\tb\\nc\\\\d\\x0b')");
        LocalMirror mirror = start();

        assertThat(mirror.content("public.t"))
                .containsExactly(Map.of("id", Optional.of("1"), "v", Optional.of("a\tb\nc\\d" + (char) 0x0b)));
    }

    @Test
    void tableWithoutAKey_withEqualRows_losesOneRowForEachDelete() throws InterruptedException {
        server.sql("orders", "create table log (line text); insert into log select 'same' from generate_series(1, 10)");
        LocalMirror mirror = start();
        server.sql(
                "orders",
                "delete from log where ctid in (select ctid from log limit 3); update log set line = 'other'"
                        + " where ctid in (select ctid from log limit 2)");
        equal(mirror, "public.log");

        assertThat(mirror.content("public.log"))
                .hasSize(7)
                .filteredOn(row -> row.equals(Map.of("line", Optional.of("other"))))
                .hasSize(2);
    }

    @Test
    void tableWithAUniqueIndex_isToldByIt() throws InterruptedException {
        server.sql(
                "orders",
                "create table codes (note text, code text not null unique); insert into codes values ('a', 'x'), (null, 'y')");
        LocalMirror mirror = start();
        server.sql(
                "orders",
                "update codes set code = 'z', note = 'b' where code = 'x'; delete from codes where code = 'y'");
        equal(mirror, "public.codes");

        assertThat(mirror.content("public.codes"))
                .containsExactly(Map.of("note", Optional.of("b"), "code", Optional.of("z")));
    }

    @Test
    void columnsChanged_whileItRuns_keepRowsAndValues() throws InterruptedException {
        server.sql(
                "orders",
                "create table t (id int primary key, a text, b text);"
                        + " insert into t select i, 'a' || i, 'b' || i from generate_series(1, 100) i");
        LocalMirror mirror = start();

        server.sql("orders", "alter table t add column c int; insert into t values (101, 'a', 'b', 7)");
        equal(mirror, "public.t");
        server.sql("orders", "alter table t rename column b to note; update t set note = 'changed' where id <= 10");
        equal(mirror, "public.t");
        server.sql("orders", "alter table t drop column a; delete from t where id > 50 and id <= 100");
        server.sql("orders", "insert into t values (102, 'new', 8)");
        equal(mirror, "public.t");
        server.sql(
                "orders",
                "alter table t drop constraint t_pkey, alter column note set not null, add primary key (note, id);"
                        + " update t set c = 9 where id = 102; delete from t where id = 20");
        equal(mirror, "public.t");

        assertThat(mirror.content("public.t"))
                .contains(
                        Map.of("id", Optional.of("1"), "note", Optional.of("changed"), "c", Optional.empty()),
                        Map.of("id", Optional.of("30"), "note", Optional.of("b30"), "c", Optional.empty()),
                        Map.of("id", Optional.of("102"), "note", Optional.of("new"), "c", Optional.of("9")));
    }
}
