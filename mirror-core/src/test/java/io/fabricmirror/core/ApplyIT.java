package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.Consent;
import io.fabricmirror.Outcome;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableName;
import io.fabricmirror.TableProgress;
import io.fabricmirror.Verdict;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.RecordedCall;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One world from an ordinary new server to a mirror that replicates, seen from outside. */
@Tag("postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApplyIT {
    private final World world = new World();
    private Preview preview;
    private Report report;

    @BeforeAll
    void previewAndApply() {
        String before = world.fingerprint();
        preview = world.mirror.preview(world.plan().build());
        assertThat(world.writes()).isZero();
        assertThat(world.fingerprint()).isEqualTo(before);
        report = world.apply(world.plan().build());
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Order(1)
    @Tag("G42")
    void preview_newServer_saysWhatWouldChangeAndWhatItNeeds() {
        assertThat(preview.obstacles()).isEmpty();
        assertThat(preview.missingConsents()).containsExactly(Consent.RESTART_SERVER, Consent.CHANGE_TABLE_OWNERS);
        assertThat(preview.step(StepKey.PARAMETERS).changes())
                .extracting(Object::toString)
                .contains("wal_level: replica -> logical", "azure.fabric_mirror_enabled: off -> on");
        assertThat(preview.step(StepKey.READINESS).word()).isEqualTo(PreviewWord.LATER);
        assertThat(preview.text()).contains("consent RESTART_SERVER: all connections drop");
    }

    @Test
    @Order(1)
    @Tag("G61")
    void apply_newServer_endsDoneWithAnOutcomeForEachStep() {
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.steps())
                .extracting(s -> s.key())
                .containsExactly(
                        StepKey.SERVER,
                        StepKey.REACHABILITY,
                        StepKey.OPENINGS,
                        StepKey.IDENTITY,
                        StepKey.PARAMETERS,
                        StepKey.CREDENTIAL,
                        StepKey.ROLE,
                        StepKey.WORKSPACE_ROLE,
                        StepKey.CONNECTION,
                        StepKey.TABLES,
                        StepKey.READINESS,
                        StepKey.MIRROR,
                        StepKey.START,
                        StepKey.VERIFIED);
    }

    @Test
    @Order(1)
    @Tag("G18")
    @Tag("G35")
    void apply_newServer_itsOwnIdentityIsContributorOfTheWorkspace() {
        String identity = world.ask("select current_setting('azure.service_principal_id')");

        assertThat(identity).isNotEmpty();
        assertThat(world.azure.workspace("Sales").roleOf(identity)).contains("Contributor");
    }

    @Test
    @Order(1)
    @Tag("G19")
    @Tag("G21")
    void apply_newServer_parametersAreInForceAfterOneRestart() {
        assertThat(world.ask("show wal_level")).isEqualTo("logical");
        assertThat(Integer.parseInt(world.ask("show max_worker_processes"))).isGreaterThanOrEqualTo(13);
        assertThat(world.azure.calls(Call.RESTART_SERVER)).hasSize(1);
    }

    @Test
    @Order(1)
    @Tag("G24")
    void apply_secretAbsent_isStoredOnceBeforeTheConnectionUsesIt() {
        List<String> order = world.azure.calls().stream()
                .map(RecordedCall::call)
                .filter(List.of(Call.SET_SECRET, Call.CREATE_CONNECTION)::contains)
                .map(Call::name)
                .toList();

        assertThat(order).containsExactly(Call.SET_SECRET.name(), Call.CREATE_CONNECTION.name());
        assertThat(world.azure
                        .vault("kv-main")
                        .value(World.ROLE_SECRET.name())
                        .orElseThrow()
                        .length())
                .isGreaterThanOrEqualTo(32 * 4 / 3);
    }

    @Test
    @Order(1)
    @Tag("G28")
    void apply_asAdministratorWithoutSuperuser_roleHasItsGrants() {
        assertThat(world.ask("select rolsuper from pg_roles where rolname = 'pgadmin'"))
                .isEqualTo("f");
        assertThat(
                        world.ask(
                                "select rolcanlogin and rolreplication and rolcreatedb and rolcreaterole"
                                        + " and pg_has_role(oid, 'azure_cdc_admin', 'usage')"
                                        + " and has_database_privilege(oid, 'orders', 'create')"
                                        + " and has_schema_privilege(oid, 'public', 'usage') and has_schema_privilege(oid, 'public', 'create') "
                                        + " and has_schema_privilege(oid, 'sales', 'create') from pg_roles where rolname = 'fabric_user'"))
                .isEqualTo("t");
        assertThat(
                        world.ask(
                                "select count(*) from pg_default_acl where array_to_string(defaclacl, ' ') like '%fabric_user%'"))
                .isEqualTo("2");
    }

    @Test
    @Order(1)
    void apply_temporaryMembership_isGivenBack() {
        assertThat(world.ask("select pg_has_role('pgadmin', 'fabric_user', 'usage')"))
                .isEqualTo("f");
    }

    @Test
    @Order(1)
    @Tag("G40")
    void apply_newMirror_isStartedOnceAndOnlyWhenInitialized() {
        assertThat(world.azure.calls(Call.START_MIRRORING))
                .singleElement()
                .satisfies(c -> assertThat(c.status()).isEqualTo(200));
    }

    @Test
    @Order(1)
    @Tag("G30")
    void apply_seedTable_hasOneRowAndBelongsToTheRole() {
        assertThat(world.ask("select count(*) from public.fabric_mirror_seed")).isEqualTo("1");
        assertThat(world.ask("select tableowner from pg_tables where tablename = 'fabric_mirror_seed'"))
                .isEqualTo("fabric_user");
    }

    @Test
    @Order(1)
    void apply_tables_formerOwnerIsRememberedAndKeepsItsRows() {
        assertThat(world.ask("select count(*) from pg_tables where schemaname in ('public', 'sales')"
                        + " and tableowner <> 'fabric_user'"))
                .isEqualTo("0");
        assertThat(world.ask("select former_owner from fabric_mirror.former_owner where table_name = 'customers'"))
                .isEqualTo("pgadmin");
        assertThat(world.ask(
                        "select (select bool_and(has_table_privilege('pgadmin', 'customers', p)) from unnest(array['select', 'insert', 'update', 'delete']) p)"
                                + " and has_sequence_privilege('pgadmin', 'customers_id_seq', 'usage')"))
                .isEqualTo("t");
    }

    @Test
    @Order(1)
    @Tag("G41")
    void apply_newServer_everyWantedTableReplicatesWithTheSourcesRows() {
        assertThat(report.tables())
                .extracting(TableProgress::table)
                .containsExactly(
                        new TableName("public", "customers"),
                        new TableName("public", "fabric_mirror_seed"),
                        new TableName("public", "notes"),
                        new TableName("sales", "leads"));
        assertThat(report.tables()).allMatch(TableProgress::arrived);
        assertThat(world.azure.workspace("Sales").mirror("orders").rows("public.customers"))
                .isEqualTo(100);
        assertThat(world.azure.workspace("Sales").mirror("orders").rows("sales.leads"))
                .isEqualTo(20);
    }

    @Test
    @Order(2)
    @Tag("G43")
    void applyAgain_nothingMoved_changesNothingInFewCalls() {
        long writes = world.writes();
        int calls = world.azure.calls().size();
        String before = world.fingerprint();

        Report again = world.mirror.apply(world.plan().build());

        assertThat(again.verdict()).as(again.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        assertThat(again.steps()).allMatch(s -> s.outcome().equals(Outcome.SATISFIED));
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(world.fingerprint()).isEqualTo(before);
        assertThat(world.azure.calls().subList(calls, world.azure.calls().size()).stream()
                        .filter(c -> !c.call().equals(Call.TOKEN) && c.status() != 401)
                        .distinct()) // further pages of one list apart
                .hasSizeLessThanOrEqualTo(15);
    }

    @Test
    @Order(3)
    void applyAgain_newTable_joinsTheMirror() {
        world.server.sql(
                "orders", "set role pgadmin; create table later (id int primary key); insert into later values (1)");

        Report again = world.apply(world.plan().build());

        assertThat(again.verdict()).as(again.text()).isEqualTo(Verdict.DONE);
        assertThat(again.changes()).extracting(Object::toString).contains("table of the mirror: public.later");
        assertThat(world.azure.workspace("Sales").mirror("orders").rows("public.later"))
                .isEqualTo(1);
    }
}
