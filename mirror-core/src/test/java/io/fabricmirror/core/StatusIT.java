package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabricmirror.Consent;
import io.fabricmirror.Drift;
import io.fabricmirror.Drift.Difference;
import io.fabricmirror.MirrorHealth;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.MirrorStatus;
import io.fabricmirror.Problem;
import io.fabricmirror.TableSelection;
import io.fabricmirror.TableStatus;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Looking at a mirror that replicates, and at what may go wrong with it. */
@Tag("postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusIT {
    private final World world = new World();
    private final MirrorPlan plan = world.plan().build();

    @BeforeEach
    void bringBack() {
        world.mirror.apply(plan, Consent.values()).orThrow();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Tag("G44")
    void status_healthyMirror_showsTablesRowsSlotAndWalInSevenCalls() {
        int before = world.azure.calls().size();

        MirrorStatus status = world.mirror.status(plan);

        assertThat(status.health()).as(status.text()).isEqualTo(MirrorHealth.REPLICATING);
        assertThat(status.state()).isEqualTo("Running");
        assertThat(status.tables())
                .allMatch(TableStatus::replicates)
                .extracting(t -> t.table() + " " + t.processedRows())
                .contains("public.customers 100", "sales.leads 20");
        assertThat(status.tables()).allSatisfy(t -> assertThat(t.lastSync()).isPresent());
        assertThat(status.source().orElseThrow().slots()).singleElement().satisfies(slot -> {
            assertThat(slot.database()).isEqualTo("orders");
            assertThat(slot.active()).isTrue();
        });
        assertThat(status.walHeldBytes().orElseThrow()).isLessThan(64L << 20);
        assertThat(httpCalls(before)).as("what the documentation promises").hasSizeLessThanOrEqualTo(7);
    }

    @Test
    @Tag("G44")
    void statusAll_mirrorsOfOneWorkspaceAndServer_readsWhatTheyShareOnce() {
        MirrorPlan absent = other("absent");
        int before = world.azure.calls().size();

        List<MirrorStatus> statuses = world.mirror.statusAll(List.of(plan, absent, plan));

        assertThat(statuses)
                .extracting(MirrorStatus::health)
                .containsExactly(MirrorHealth.REPLICATING, MirrorHealth.ABSENT, MirrorHealth.REPLICATING);
        assertThat(httpCalls(before)).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    @Tag("G44")
    void status_identityLostItsRole_isRunningButNotSyncingWithTheCause() {
        String identity = world.server.principalId().orElseThrow();
        world.azure.workspace("Sales").removeRole(identity);

        MirrorStatus status =
                world.mirror.watch(plan, s -> s.health().equals(MirrorHealth.NOT_SYNCING), Duration.ofMinutes(10));

        assertThat(status.health()).as(status.text()).isEqualTo(MirrorHealth.NOT_SYNCING);
        assertThat(status.state()).isEqualTo("Running");
        Problem problem = status.problems().get(0);
        assertThat(problem.code()).isEqualTo("RUNNING_NOT_SYNCING");
        assertThat(problem.cause().orElseThrow()).contains("has no role in workspace Sales");
    }

    @Test
    @Tag("G44")
    void status_passwordWasChangedBehindTheMirror_isNotSyncingWithTheCause() {
        world.server.sql(
                "postgres",
                "reset role; alter role fabric_user password 'another';"
                        + " select pg_terminate_backend(pid) from pg_stat_activity where usename = 'fabric_user'");

        MirrorStatus status =
                world.mirror.watch(plan, s -> s.health().equals(MirrorHealth.NOT_SYNCING), Duration.ofMinutes(10));

        assertThat(status.problems().get(0).cause().orElseThrow())
                .as(status.text())
                .contains("refuses role fabric_user with the password in kv-main/orders-fabric-user");
    }

    @Test
    @Tag("G44")
    void status_stoppedMirror_saysSoAndWhatTheSourceHolds() {
        world.mirror.apply(plan.stop()).orThrow();

        MirrorStatus status = world.mirror.status(plan);

        assertThat(status.health()).isEqualTo(MirrorHealth.NOT_RUNNING);
        assertThat(status.toString()).contains("not running, Stopped", "0.0 MB WAL held");
    }

    @Test
    @Tag("G44")
    void status_longTransaction_isOverTheThreshold() throws Exception {
        try (var connection = world.server.connect("orders");
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1");

            assertThat(world.mirror.status(plan).source().orElseThrow().oldestTransaction())
                    .isPresent();
        }
    }

    @Test
    @Tag("G44")
    void watch_conditionNeverHolds_endsWithTheLastLookAtTheLimit() {
        List<MirrorStatus> looks = new ArrayList<>();
        Instant begin = world.azure.pacer().now();

        MirrorStatus last = world.mirror.watch(plan, s -> !looks.add(s), Duration.ofMinutes(2));

        assertThat(looks).hasSizeBetween(4, 5).last().isSameAs(last);
        assertThat(Duration.between(begin, world.azure.pacer().now())).isLessThan(Duration.ofMinutes(3));
    }

    @Test
    void status_workspaceNotVisible_isNotAnException() {
        MirrorStatus status = world.mirror.status(
                world.plan().workspace(WorkspaceRef.named("Nowhere")).build());

        assertThat(status.health()).isEqualTo(MirrorHealth.CANNOT_SEE);
        assertThat(status.problems()).extracting(Problem::code).containsExactly("WORKSPACE_NOT_FOUND");
    }

    @Test
    @Tag("G32")
    @Tag("G44")
    void drift_tableOfTheNextMigration_isShownWithItsOwnerUntilThePlanIsApplied() {
        assertThat(world.mirror.drift(plan).none()).isTrue();
        long writes = world.writes();
        world.server.sql(
                "orders",
                "reset role; create role app_owner; grant app_owner to pgadmin with admin option;"
                        + " grant all on schema public to app_owner; set role app_owner;"
                        + " create table refunds (id int primary key)");
        world.server.sql("orders", "reset role; alter table notes owner to pgadmin");

        Drift drift = world.mirror.drift(plan);

        assertThat(drift.differences())
                .containsExactlyInAnyOrder(
                        new Difference(
                                Difference.TABLE_NOT_MIRRORED,
                                "public.refunds",
                                "mirrored",
                                "not in the mirror, owner app_owner"),
                        new Difference(Difference.OTHER_OWNER, "public.notes", "owned by fabric_user", "pgadmin"));
        assertThat(world.writes()).isEqualTo(writes);
        world.apply(plan).orThrow();
        assertThat(world.mirror.drift(plan).none()).isTrue();
    }

    @Test
    @Tag("G44")
    void drift_planSelectsFewerTablesUnderAnotherName_showsBoth() {
        MirrorPlan renamed = MirrorPlan.named("renamed")
                .server(plan.server())
                .database(plan.database())
                .admin(plan.admin())
                .connection(plan.connection())
                .workspace(plan.workspace())
                .gateway(plan.gateway())
                .tables(TableSelection.named("public.customers", "public.notes"))
                .build();

        assertThat(world.mirror.drift(renamed).differences())
                .extracting(Difference::code, Difference::subject)
                .contains(tuple(Difference.OTHER_NAME, "name"), tuple(Difference.TABLE_NOT_WANTED, "sales.leads"));
    }

    /** What was sent, without tokens, refusals that a client answers by itself, and further pages of one list. */
    private List<RecordedCall> httpCalls(int since) {
        List<RecordedCall> all = world.azure.calls();
        return all.subList(since, all.size()).stream()
                .filter(c -> !c.call().equals(Call.TOKEN) && c.status() != 401)
                .distinct()
                .toList();
    }

    private MirrorPlan other(String name) {
        return MirrorPlan.named(name)
                .server(plan.server())
                .database(name)
                .admin(plan.admin())
                .connection(plan.connection())
                .workspace(plan.workspace())
                .gateway(plan.gateway())
                .build();
    }
}
