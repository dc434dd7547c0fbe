package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.DELETE_MIRRORED_DATA;
import static io.fabricmirror.Consent.REPLACE_ROLE_PASSWORD;
import static io.fabricmirror.Consent.RESEED;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.MirrorEvent;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.Outcome;
import io.fabricmirror.Preview;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableSelection;
import io.fabricmirror.Verdict;
import io.fabricmirror.WorkspaceRole;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalIdentity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers, vaults and workspaces on which something is there already: it is kept, merged or refused, never overwritten. */
class PreparedServerIT {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("G19")
    @Tag("G20")
    void apply_higherNumbersAndAnotherDatabase_areKept() {
        world.server.sql("inventory", "select 1");
        world.server.parameter("max_worker_processes", "40").parameter("azure.mirror_databases", "inventory");

        Report report = world.apply(world.plan().build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.ask("show max_worker_processes")).isEqualTo("40");
        assertThat(world.ask("select current_setting('azure.mirror_databases')").split(","))
                .containsExactlyInAnyOrder("inventory", "orders");
    }

    @Test
    @Tag("G10")
    void apply_ruleOfAnotherNameAdmitsAzureServices_makesNoSecondOne() {
        world.server.firewallRule("portal-made", "0.0.0.0", "0.0.0.0");

        Report report = world.apply(world.plan().build());

        assertThat(report.step(StepKey.REACHABILITY).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(world.azure.calls(Call.PUT_FIREWALL_RULE)).isEmpty();
    }

    @Test
    @Tag("G24")
    void apply_secretExists_isUsedAndNotReplaced() {
        world.azure.vault("kv-main").put(World.ROLE_SECRET.name(), "Chosen-by-Hand-1");

        Report report = world.apply(world.plan().build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.step(StepKey.CREDENTIAL).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(world.azure.calls(Call.SET_SECRET)).isEmpty();
    }

    @Test
    @Tag("G24")
    void apply_secretAbsentButRoleExists_asksBeforeItReplacesThePassword() {
        world.server.sql("orders", "create role fabric_user login replication createdb createrole password 'old'");

        Report asked = world.mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS);
        Report done =
                world.mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS, REPLACE_ROLE_PASSWORD);

        assertThat(asked.actions()).extracting(Problem::code).contains("CONSENT_NEEDED");
        assertThat(asked.changes()).isEmpty();
        assertThat(done.verdict()).as(done.text()).isEqualTo(Verdict.DONE);
    }

    @Test
    @Tag("G03")
    void apply_adminMode_connectsAsTheAdministratorAndMakesNoRole() {
        Report report =
                world.apply(world.plan().connection(ConnectionSpec.admin()).build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.ask("select count(*) from pg_roles where rolname = 'fabric_user'"))
                .isEqualTo("0");
        assertThat(world.ask("select pg_has_role('pgadmin', 'azure_cdc_admin', 'usage')"))
                .isEqualTo("t");
    }

    @Test
    @Tag("G35")
    void apply_identityIsOnlyViewer_isRaised() {
        world.server.systemAssignedIdentity();
        String identity = world.server.principalId().orElseThrow();
        world.azure.workspace("Sales").role(new LocalIdentity(identity, "pg-orders", "ServicePrincipal"), "Viewer");

        Report report = world.apply(world.plan().build());

        assertThat(report.step(StepKey.WORKSPACE_ROLE).changes())
                .extracting(Object::toString)
                .containsExactly("role of pg-orders in workspace Sales: Viewer -> " + WorkspaceRole.CONTRIBUTOR);
        assertThat(world.azure.workspace("Sales").roleOf(identity)).contains("Contributor");
    }

    @Test
    @Tag("G38")
    void apply_mirrorOfThatNameHasAnotherSource_isRefusedAndUntouched() {
        world.apply(world.plan().build());
        world.server.sql("returns", "set role pgadmin; create table r (id int primary key)");

        Report report = world.apply(world.plan().database("returns").build());

        assertThat(report.verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(report.step(StepKey.MIRROR).problem().orElseThrow().code()).isEqualTo("MIRROR_POINTS_ELSEWHERE");
        assertThat(world.azure.calls(Call.CREATE_MIRRORED_DATABASE)).hasSize(1);
        assertThat(world.azure.calls(Call.UPDATE_DEFINITION)).isEmpty();
    }

    @Test
    @Tag("G41")
    void apply_mirrorRunsButNothingArrives_isANamedFailureWithItsLikelyCause() {
        try (MirrorExecutor sabotaged = world.executor(event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_ENDED) && event.step().equals(StepKey.MIRROR)) {
                world.azure
                        .workspace("Sales")
                        .removeRole(world.server.principalId().orElseThrow());
            }
        })) {
            Report report = sabotaged.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS);

            Problem problem = report.step(StepKey.VERIFIED).problem().orElseThrow();
            assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.ACTION_NEEDED);
            assertThat(problem.code()).isEqualTo("RUNNING_WITHOUT_DATA");
            assertThat(problem.text()).contains("CDC_ERR_SYS_ONELAKE_PERMISSION_DENIED", "tenant setting");
        }
    }

    @Test
    @Tag("G35")
    void apply_identityLostItsRole_runningWithoutDataIsNoSuccessAndTheRoleIsGivenAgain() {
        world.apply(world.plan().build());
        String identity = world.server.principalId().orElseThrow();
        world.stopAndStartMirror(() -> world.azure.workspace("Sales").removeRole(identity));

        Preview preview = world.mirror.preview(world.plan().build());
        Report report = world.mirror.apply(world.plan().build());

        assertThat(preview.nothingToChange()).isFalse();
        assertThat(preview.obstacles()).isEmpty();
        assertThat(report.step(StepKey.WORKSPACE_ROLE).outcome())
                .as(report.text())
                .isEqualTo(Outcome.CHANGED);
        assertThat(world.azure.workspace("Sales").roleOf(identity)).contains("Contributor");
        assertThat(report.step(StepKey.VERIFIED).outcome()).as(report.text()).isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @Tag("G18")
    void apply_identityWasSwitchedOff_isSwitchedOnAgain() {
        world.server.userAssignedIdentity(
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mine");
        world.apply(world.plan().build());
        world.server.noSystemAssignedIdentity();

        Report report = world.apply(world.plan().build());

        assertThat(report.step(StepKey.IDENTITY).outcome()).as(report.text()).isEqualTo(Outcome.CHANGED);
        assertThat(report.step(StepKey.WORKSPACE_ROLE).outcome())
                .as(report.text())
                .isEqualTo(Outcome.CHANGED);
        assertThat(world.server.principalId()).isPresent();
    }

    @Test
    @Tag("G24")
    void apply_vaultMayNotBeWritten_changesNothingOnTheRole() {
        world.azure.vault("kv-main").permissions("get", "list");

        Report report = world.apply(world.plan().build());

        assertThat(report.verdict()).isIn(Verdict.FAILED, Verdict.ACTION_NEEDED);
        assertThat(report.step(StepKey.CREDENTIAL).outcome()).isIn(Outcome.FAILED, Outcome.NEEDS_ACTION);
        assertThat(world.ask("select count(*) from pg_roles where rolname = 'fabric_user'"))
                .isEqualTo("0");
    }

    @Test
    @Tag("G30")
    void apply_withoutSeedTable_makesNone() {
        Report report = world.apply(world.plan().withoutSeedTable().build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.ask("select to_regclass('public.fabric_mirror_seed') is null"))
                .isEqualTo("t");
    }

    @Test
    void apply_fewerTables_asksBeforeCopiesAreDeleted() {
        world.apply(world.plan().build());

        Report asked = world.apply(
                world.plan().tables(TableSelection.schemas("public")).build());
        Report done = world.mirror.apply(
                world.plan().tables(TableSelection.schemas("public")).build(), DELETE_MIRRORED_DATA);

        assertThat(asked.changes()).isEmpty();
        assertThat(asked.actions())
                .extracting(p -> p.remedy().orElseThrow())
                .anySatisfy(r -> assertThat(r).contains("DELETE_MIRRORED_DATA"));
        assertThat(done.verdict()).as(done.text()).isEqualTo(Verdict.DONE);
        assertThat(done.changes())
                .extracting(Object::toString)
                .containsExactly("table of the mirror: sales.leads -> removed, copy deleted");
    }

    @Test
    void apply_mirrorWasStopped_asksBeforeEverythingIsCopiedAnew() {
        world.apply(world.plan().build());
        world.stopMirror();

        Report asked = world.apply(world.plan().build());
        Report done = world.mirror.apply(world.plan().build(), RESEED);

        assertThat(asked.changes()).isEmpty();
        assertThat(asked.actions())
                .extracting(p -> p.remedy().orElseThrow())
                .anySatisfy(r -> assertThat(r).contains("RESEED"));
        assertThat(done.verdict()).as(done.text()).isEqualTo(Verdict.DONE);
    }

    @Test
    @Tag("G31")
    void apply_followAll_leavesTheChoiceToFabric() {
        Report report =
                world.apply(world.plan().tables(TableSelection.followAll()).build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.mirror
                        .apply(world.plan().tables(TableSelection.followAll()).build())
                        .verdict())
                .isEqualTo(Verdict.NOTHING_TO_CHANGE);
    }

    @Test
    void apply_tableWithRowSecurity_isLeftToItsOwner() {
        world.server.sql(
                "orders", "create table guarded (id int primary key); alter table guarded enable row level security");

        Report report = world.apply(world.plan().build());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.ask("select tableowner from pg_tables where tablename = 'guarded'"))
                .isEqualTo("pgadmin");
        assertThat(world.mirror.preview(world.plan().build()).tables())
                .anySatisfy(t -> assertThat(t.code()).isEqualTo("ROW_LEVEL_SECURITY"));
    }

    @Test
    @Tag("G33")
    @Tag("G34")
    void preview_schemaMadeByHandInsteadOfTheExtension_isRefused() {
        world.apply(world.plan().build());
        world.server.sql("orders", "reset role; drop extension azure_cdc cascade");

        Problem problem = world.mirror
                .preview(world.plan().build())
                .step(StepKey.READINESS)
                .problem()
                .orElseThrow();

        assertThat(problem.code()).isEqualTo("AZURE_CDC_COUNTERFEIT");
    }

    @Test
    @Tag("G43")
    void apply_twoRunnersAtOnce_makeOneOfEverything() {
        try (var other = world.executor()) {
            CompletableFuture<Report> first =
                    CompletableFuture.supplyAsync(() -> world.apply(world.plan().build()));
            CompletableFuture<Report> second = CompletableFuture.supplyAsync(
                    () -> other.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS));

            assertThat(first.join().verdict()).as(first.join().text()).isIn(Verdict.DONE, Verdict.NOTHING_TO_CHANGE);
            assertThat(second.join().verdict()).as(second.join().text()).isIn(Verdict.DONE, Verdict.NOTHING_TO_CHANGE);
        }
        assertThat(world.azure.calls(Call.SET_SECRET)).hasSize(1);
        assertThat(world.azure.calls(Call.CREATE_CONNECTION)).hasSize(1);
        assertThat(world.azure.calls(Call.CREATE_MIRRORED_DATABASE)).hasSize(1);
        assertThat(world.azure.calls(Call.RESTART_SERVER)).hasSize(1);
    }

    @Test
    @Tag("G43")
    void apply_lockLostToAnotherRun_waitsForItAndLooksAgain() {
        Deque<Connection> another = new ArrayDeque<>();
        List<String> waits = new ArrayList<>();
        MirrorExecutor mirror = world.executor(event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_STARTED)
                    && event.step().equals(StepKey.ROLE)) {
                another.add(takeLockByForce());
            } else if (event.kind().equals(MirrorEvent.Kind.WAITING)
                    && event.message().contains("another run")) {
                waits.add(event.message());
                query(another.element(), "select pg_advisory_unlock_all()");
            }
        });

        Report report = mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS);

        assertThat(waits).isNotEmpty();
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
    }

    @Test
    @Tag("G43")
    void apply_everySessionEndsBeforeAStep_logsInAnewAndGoesOn() {
        MirrorExecutor mirror = world.executor(event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_STARTED)
                    && event.step().equals(StepKey.TABLES)) {
                world.server.failover();
            }
        });

        Report report = mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
    }

    @Test
    @Tag("G43")
    void apply_databasePostgresAndLockLost_waitsForTheOtherRun() {
        world.server.sql("postgres", "create table public.t (id int primary key)");
        List<String> waits = new ArrayList<>();
        Deque<Connection> another = new ArrayDeque<>();
        MirrorExecutor mirror = world.executor(event -> {
            if (event.kind().equals(MirrorEvent.Kind.STEP_STARTED)
                    && event.step().equals(StepKey.TABLES)) {
                another.add(takeLockByForce());
            } else if (event.kind().equals(MirrorEvent.Kind.WAITING)
                    && event.message().contains("another run")) {
                waits.add(event.message());
                query(another.element(), "select pg_advisory_unlock_all()");
            }
        });

        Report report = mirror.apply(world.plan().database("postgres").build(), RESTART_SERVER, CHANGE_TABLE_OWNERS);

        assertThat(waits).isNotEmpty();
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
    }

    @Test
    @Tag("G60")
    void apply_refusedAfterWaitingForAnotherRun_changesNothing() throws SQLException {
        world.server.sql(
                "orders", "reset role; revoke connect on database orders from public, pgadmin; set role pgadmin");
        try (Connection another = world.server.connect("postgres")) {
            query(another, "select pg_advisory_lock(" + 0x4661627269634d69L + ")");
            MirrorExecutor mirror = world.executor(event -> {
                if (event.kind().equals(MirrorEvent.Kind.WAITING)) {
                    query(another, "select pg_advisory_unlock_all()");
                }
            });

            Report report = mirror.apply(world.plan().build(), RESTART_SERVER, CHANGE_TABLE_OWNERS);

            assertThat(report.changes()).isEmpty();
            assertThat(report.text()).contains("permission denied for database");
        }
        assertThat(world.writes()).isZero();
    }

    /** Ends the session that holds the runner's lock, as a failover would, and takes the lock. */
    private Connection takeLockByForce() {
        try {
            Connection another = world.server.connect("postgres");
            query(another, """
                    select format('select pg_terminate_backend(%s, 5000), pg_advisory_lock(%s)',
                                  pid, classid::bigint << 32 | objid::bigint)
                      from pg_locks where locktype = 'advisory' and granted
                    """).forEach(take -> query(another, take));
            return another;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> query(Connection connection, String query) {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(query)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
