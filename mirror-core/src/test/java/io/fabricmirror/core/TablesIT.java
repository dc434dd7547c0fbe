package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.Preview;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableFinding;
import io.fabricmirror.TableFinding.Severity;
import io.fabricmirror.TableName;
import io.fabricmirror.TableSelection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tables of every kind, judged before the server can be asked and after. */
@Tag("postgres")
@Tag("G31")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TablesIT {
    private final World world = new World();
    private Map<TableName, TableFinding> byRules;
    private Map<TableName, TableFinding> byServer;
    private Preview preview;

    @BeforeAll
    void judge() {
        world.server.sql("orders", """
                create domain amount as int;
                create table "with,comma" (id int primary key);
                create table of_domain (id int primary key, a amount);
                create table bad_column (id int primary key, "a b" int);
                create table key_of_timetz (id timetz primary key);
                create table bare (id int primary key, price numeric);
                create table computed (id int primary key, twice int generated always as (id * 2) stored);
                create table parent (id int primary key);
                create table child () inherits (parent);
                create table parts (id int primary key, d date) partition by range (id);
                create table parts_1 partition of parts for values from (0) to (10);
                create unlogged table draft (id int primary key);
                create materialized view totals as select count(*) from customers;
                create table two_troubles (id jsonb primary key, price numeric)
                """);
        byRules = findings();
        world.mirror.apply(
                world.plan().tables(TableSelection.named("public.customers")).build(),
                io.fabricmirror.Consent.values());
        byServer = findings();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void preview_serverCannotBeAskedYet_judgesByTheRules() {
        assertThat(byRules.get(table("with,comma"))).satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.SKIPPED);
            assertThat(f.code()).isEqualTo("FORBIDDEN_CHARS_IN_TABLE_NAME");
            assertThat(f.reason()).doesNotContain("azure_cdc");
        });
        assertThat(byRules.get(table("of_domain")).severity()).isEqualTo(Severity.OK);
        assertThat(byRules.get(table("bad_column")).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void preview_serverAndRulesDiffer_followsTheServerAndSaysBoth() {
        assertThat(byServer.get(table("with,comma"))).satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.WARNING);
            assertThat(f.reason()).contains("azure_cdc says OK, the rules of", "say ERROR");
        });
        assertThat(byServer.get(table("of_domain"))).satisfies(f -> {
            assertThat(f.code()).isEqualTo("UNSUPPORTED_DATA_TYPE");
            assertThat(f.reason()).contains("azure_cdc says WARNING, the rules of", "say OK");
        });
        assertThat(byServer.get(table("bad_column"))).satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.SKIPPED);
            assertThat(f.reason()).contains("azure_cdc says ERROR, the rules of", "say WARNING");
        });
    }

    @Test
    void preview_serverAndRulesAgree_saysItOnce() {
        assertThat(byServer.get(table("key_of_timetz"))).satisfies(f -> {
            assertThat(f.code()).isEqualTo("UNSUPPORTED_TYPE_IN_REPLICA_IDENTITY");
            assertThat(f.reason()).doesNotContain("azure_cdc");
        });
        assertThat(byServer.get(table("notes")).severity()).isEqualTo(Severity.OK);
        assertThat(byServer.get(table("customers")).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void preview_notRegularTables_areNamedAndPartitionsGoWithTheirParent() {
        assertThat(byServer.get(table("parts")).reason()).isEqualTo("partitioned");
        assertThat(byServer).doesNotContainKey(table("parts_1"));
        assertThat(byServer.get(table("totals")).reason()).isEqualTo("materialized view");
        assertThat(byServer.get(table("draft")).code()).isEqualTo("NOT_REGULAR_TABLE");
    }

    @Test
    void preview_whatOnlyReadersOfTheCopyFeel_isAWarning() {
        assertThat(byServer.get(table("bare")).code()).isEqualTo("NUMERIC_WITHOUT_SCALE");
        assertThat(byServer.get(table("computed")).code()).isEqualTo("GENERATED_COLUMN");
        assertThat(byServer.get(table("parent")).code()).isEqualTo("INHERITED_BY_OTHERS");
    }

    @Test
    void preview_severalTroubles_isOneVerdictThatNamesAll() {
        assertThat(byServer.get(table("two_troubles"))).satisfies(f -> {
            assertThat(f.severity()).isEqualTo(Severity.SKIPPED);
            assertThat(f.code()).isEqualTo("UNSUPPORTED_TYPE_IN_REPLICA_IDENTITY");
            assertThat(f.reason()).contains("NUMERIC_WITHOUT_SCALE");
        });
    }

    @Test
    void preview_remedyWasRun_tableIsFine() {
        for (String name : new String[] {"draft", "bare", "key_of_timetz"}) {
            world.server.sql("orders", byServer.get(table(name)).remedy());
        }

        assertThat(findings())
                .hasEntrySatisfying(
                        table("draft"), f -> assertThat(f.severity()).isEqualTo(Severity.OK))
                .hasEntrySatisfying(table("bare"), f -> assertThat(f.severity()).isEqualTo(Severity.OK))
                .hasEntrySatisfying(
                        table("key_of_timetz"), f -> assertThat(f.severity()).isEqualTo(Severity.OK));
        assertThat(preview.text()).contains("remedy  ALTER TABLE \"public\".\"bad_column\" RENAME COLUMN");
    }

    @Test
    @Tag("G32")
    void preview_tablesOfOthers_saysWhatTheyLoseAndHowToKeepIt() {
        PreviewStep step = preview.step(StepKey.TABLES);

        assertThat(step.detail()).contains("pgadmin", "can no longer ALTER, DROP", ".formerOwnersKeepDdl()");
        assertThat(step.changes())
                .extracting(Object::toString)
                .contains("owner of public.notes: pgadmin -> fabric_user");
    }

    private Map<TableName, TableFinding> findings() {
        preview = world.mirror.preview(world.plan().build());
        return preview.tables().stream().collect(Collectors.toMap(TableFinding::table, Function.identity()));
    }

    private static TableName table(String name) {
        return new TableName("public", name);
    }
}
