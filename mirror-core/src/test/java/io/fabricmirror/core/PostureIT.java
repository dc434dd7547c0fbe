package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.Area;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.NetworkFacts;
import io.fabricmirror.Outcome;
import io.fabricmirror.Preview;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StepKey;
import io.fabricmirror.StepResult;
import io.fabricmirror.Verdict;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalGateway;
import io.fabricmirror.testkit.LocalIdentity;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers in every kind of network, areas that belong to somebody else, rights that are missing. */
class PostureIT {
    private static final String SUBNET =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/pg";

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("G11")
    void apply_privateWithoutGateway_changesNothingAndSaysWhatToSupply() {
        world.server.noPublicAccess().privateEndpoint("pe-1");
        String before = world.fingerprint();

        Report report = world.apply(world.plan().build());

        Problem problem = report.step(StepKey.REACHABILITY).problem().orElseThrow();
        assertThat(report.verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(problem.code()).isEqualTo("SERVER_PRIVATE");
        assertThat(problem.seen()).contains("public network access is off, 1 private endpoints");
        assertThat(problem.remedy().orElseThrow()).contains("GatewayMode.virtualNetwork(id)", "prepareOnly()");
        assertThat(report.changes()).isEmpty();
        assertThat(world.fingerprint()).isEqualTo(before);
    }

    @Test
    @Tag("G11")
    void apply_prepareOnly_preparesThePrivateServerAndLeavesOwnersAndFabricAlone() {
        world.server.delegatedSubnet(SUBNET);

        Report report = world.mirror.apply(
                world.plan().build(),
                RunOptions.defaults().consent(RESTART_SERVER).prepareOnly());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(report.step(StepKey.REACHABILITY).outcome()).isEqualTo(Outcome.NEEDS_ACTION);
        assertThat(report.steps())
                .filteredOn(s -> !s.key().equals(StepKey.REACHABILITY))
                .extracting(StepResult::outcome)
                .as(report.text())
                .containsOnly(Outcome.SATISFIED, Outcome.CHANGED);
        assertThat(world.ask("show wal_level")).isEqualTo("logical");
        assertThat(world.ask("select count(*) from pg_roles where rolname = 'fabric_user'"))
                .isEqualTo("1");
        assertThat(world.ask("select string_agg(distinct tableowner, ',') from pg_tables where tablename in"
                        + " ('customers', 'notes', 'leads')"))
                .isEqualTo("pgadmin");
        assertThat(world.azure.calls()).noneMatch(c -> c.host().contains("fabric"));
    }

    @Test
    @Tag("G12")
    @Tag("G09")
    void apply_injectedServerThroughGateway_mirrorsUnderThatGateway() {
        world.server.delegatedSubnet(SUBNET);
        LocalGateway gateway = world.azure.gateway("gw-data");
        MirrorPlan plan = world.plan()
                .gateway(GatewayMode.virtualNetwork(gateway.id()))
                .network(NetworkFacts.outboundAllowed("rule allow-onelake of nsg-data"))
                .build();

        gateway.offline();
        Report asleep = world.apply(plan);
        gateway.online();
        Report done = world.apply(plan);

        assertThat(asleep.step(StepKey.REACHABILITY).problem().orElseThrow().code())
                .isEqualTo("GATEWAY_OFFLINE");
        assertThat(asleep.changes()).isEmpty();
        assertThat(done.verdict()).as(done.text()).isEqualTo(Verdict.DONE);
        assertThat(done.step(StepKey.REACHABILITY).detail())
                .contains("through gateway gw-data", SUBNET, "out to OneLake: allowed", "allow-onelake");
    }

    @Test
    @Tag("G14")
    void preview_injectedServer_reportsTheWayOutApartFromTheWayIn() {
        world.server.delegatedSubnet(SUBNET);
        LocalGateway gateway = world.azure.gateway("gw-data");
        MirrorPlan.Builder plan = world.plan().gateway(GatewayMode.virtualNetwork(gateway.id()));

        Preview unknown = world.mirror.preview(plan.build());
        Preview blocked =
                world.mirror.preview(plan.network(NetworkFacts.outboundBlocked("rule deny-internet of nsg-data"))
                        .build());

        assertThat(unknown.step(StepKey.REACHABILITY).detail())
                .contains("in: through gateway gw-data", "out to OneLake: Azure does not show");
        assertThat(blocked.step(StepKey.REACHABILITY).problem().orElseThrow().text())
                .contains("OUTBOUND_BLOCKED", "rule deny-internet of nsg-data", "443");
    }

    @Test
    @Tag("G56")
    void apply_areasOfOthers_areComparedAndReportedAndNeverChanged() {
        String before = world.fingerprint();
        long writes = world.writes();

        Report report = world.apply(world.plan()
                .checkOnly(Area.PARAMETERS, Area.IDENTITY, Area.FIREWALL, Area.SQL, Area.FABRIC)
                .build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(remedy(report, StepKey.PARAMETERS))
                .contains("wal_level: replica -> logical", "azure.mirror_databases: (empty) -> orders");
        assertThat(remedy(report, StepKey.IDENTITY)).contains("identity: None -> system-assigned, primary");
        assertThat(remedy(report, StepKey.REACHABILITY)).contains("AllowAzureServices", "0.0.0.0-0.0.0.0");
        assertThat(remedy(report, StepKey.TABLES)).contains("owner of public.customers: pgadmin -> fabric_user");
        assertThat(world.mirror
                        .preview(world.plan().checkOnly(Area.SQL).build())
                        .sql())
                .as("what the database administrator runs instead")
                .contains("alter table \"public\".\"customers\" owner to");
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(world.fingerprint()).isEqualTo(before);
    }

    @Test
    @Tag("G56")
    void apply_areasOfOthersAreAsWanted_changesNothingAndIsContent() {
        world.apply(world.plan().build());

        Report report = world.apply(world.plan()
                .checkOnly(Area.PARAMETERS, Area.IDENTITY, Area.FIREWALL, Area.SQL, Area.FABRIC)
                .build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
    }

    @Test
    @Tag("G53")
    void preview_callerMayOnlyRead_listsTheMissingRightsAndWhoCanGiveThem() {
        LocalIdentity reader = world.azure.identity("reader");
        world.azure.serverRole(reader, "Reader");

        try (MirrorExecutor mirror = AzureMirror.builder(world.azure.credential(reader))
                .vaultCredential(world.azure.credential())
                .fabricCredential(world.azure.credential())
                .httpClient(world.azure.httpClient())
                .jdbcProperties(world.azure.jdbcProperties())
                .pacer(world.azure.pacer())
                .build()) {
            Preview preview = mirror.preview(world.plan().build());

            assertThat(preview.obstacles()).extracting(Problem::code).containsOnly("RIGHTS_MISSING");
            assertThat(preview.step(StepKey.PARAMETERS).problem().orElseThrow().text())
                    .contains("configurations/write", "restart/action", "user access administrator", "PIM");
            assertThat(preview.step(StepKey.IDENTITY).problem()).isPresent();
            assertThat(preview.step(StepKey.REACHABILITY).problem()).isPresent();
        }
    }

    @Test
    @Tag("G22")
    void apply_serverIsBusyAtEveryKindOfCall_isDoneAllTheSame() {
        List<Call> calls = List.of(
                Call.GET_SERVER,
                Call.UPDATE_SERVER,
                Call.RESTART_SERVER,
                Call.PUT_PARAMETER,
                Call.PUT_FIREWALL_RULE,
                new Call("Databases_ListByServer"),
                new Call("Configurations_ListByServer"),
                new Call("FirewallRules_ListByServer"),
                new Call("Metrics_List"),
                new Call("Permissions_ListForResource"));
        calls.forEach(call -> world.azure
                .faults()
                .on(call)
                .next(2)
                .refused(409, "ServerIsBusy", "Server 'pg-orders' is busy processing another operation."));

        Report report = world.apply(world.plan().build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.azure.faults().unfired()).isEmpty();
        assertThat(world.azure.calls().stream()
                        .filter(c -> c.host().equals("management.azure.com"))
                        .map(c -> c.call().name())
                        .filter(name -> !name.equals("AzureAsyncOperation"))
                        .distinct())
                .as("every kind of call was spoiled")
                .containsExactlyInAnyOrderElementsOf(
                        calls.stream().map(Call::name).toList());
    }

    @Test
    @Tag("G62")
    void apply_threeDatabasesOfOneServer_needOneRestart() {
        world.apply(world.plan().build());
        for (String database : List.of("one", "two")) {
            world.server.sql(database, "create table t (id int primary key); insert into t values (1)");
            Report report = world.mirror.apply(
                    MirrorPlan.named(database)
                            .server(world.server.id())
                            .database(database)
                            .admin(world.plan().build().admin())
                            .connection(world.plan().build().connection())
                            .workspace(world.plan().build().workspace())
                            .gateway(GatewayMode.publicAccess().admitAzureServices())
                            .build(),
                    CHANGE_TABLE_OWNERS);
            assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        }
        assertThat(world.azure.calls(Call.RESTART_SERVER)).hasSize(1);

        world.server.sql("four", "create table t (id int primary key)");
        Report fourth = world.apply(world.plan().database("four").build());
        assertThat(fourth.actions()).extracting(Problem::code).contains("TOO_MANY_MIRRORS");
        assertThat(fourth.changes()).isEmpty();
    }

    private static String remedy(Report report, StepKey step) {
        return report.step(step).problem().flatMap(Problem::remedy).orElse("no remedy: " + report.text());
    }
}
