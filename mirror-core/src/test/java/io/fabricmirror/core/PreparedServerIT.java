package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.REPLACE_ROLE_PASSWORD;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.Outcome;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import io.fabricmirror.Verdict;
import io.fabricmirror.WorkspaceRole;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalIdentity;
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
    void apply_identityLosesItsRole_runningWithoutDataIsNoSuccess() {
        world.apply(world.plan().build());
        String identity = world.server.principalId().orElseThrow();
        world.stopAndStartMirror(() -> world.azure.workspace("Sales").removeRole(identity));

        Problem problem = world.mirror
                .preview(world.plan().build())
                .step(StepKey.VERIFIED)
                .problem()
                .orElseThrow();

        assertThat(problem.code()).isEqualTo("RUNNING_WITHOUT_DATA");
        assertThat(problem.text()).contains("CDC_ERR_SYS_ONELAKE_PERMISSION_DENIED", "tenant setting");
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
}
