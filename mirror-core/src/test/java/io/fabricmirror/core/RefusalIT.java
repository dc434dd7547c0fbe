package io.fabricmirror.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Outcome;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.StepKey;
import io.fabricmirror.TableSelection;
import io.fabricmirror.Verdict;
import io.fabricmirror.WorkspaceRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What cannot succeed is found before the first change, and said with the way out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalIT {
    private final World world = new World();

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Tag("G02")
    void apply_databaseOfOtherCase_isRefusedWithThoseThatExist() {
        Problem problem = refused(world.plan().database("Orders").build(), StepKey.SERVER);

        assertThat(problem.code()).isEqualTo("DATABASE_NOT_FOUND");
        assertThat(problem.seen()).contains("orders, postgres");
        assertThat(problem.remedy().orElseThrow()).contains(".database(\"orders\")");
    }

    @Test
    @Tag("G07")
    void apply_workspaceNotVisible_isRefusedWithTheNearestName() {
        Problem problem =
                refused(world.plan().workspace(WorkspaceRef.named("Sale")).build(), StepKey.SERVER);

        assertThat(problem.code()).isEqualTo("WORKSPACE_NOT_FOUND");
        assertThat(problem.text()).contains("Sales");
    }

    @Test
    @Tag("G07")
    void apply_capacityPaused_needsSomebodyToResumeIt() {
        world.azure.workspace("Sales").pauseCapacity();
        try {
            Problem problem = refused(world.plan().build(), StepKey.SERVER);

            assertThat(problem.code()).isEqualTo("CAPACITY_NOT_ACTIVE");
            assertThat(problem.remedy().orElseThrow()).contains("resume");
        } finally {
            world.azure.workspace("Sales").resumeCapacity();
        }
    }

    @Test
    @Tag("G10")
    @Tag("G60")
    void apply_azureServicesNotAdmitted_changesNothingAndSaysHowToAdmitThem() {
        Problem problem =
                refused(world.plan().gateway(GatewayMode.publicAccess()).build(), StepKey.REACHABILITY);

        assertThat(problem.code()).isEqualTo("AZURE_SERVICES_NOT_ADMITTED");
        assertThat(problem.remedy().orElseThrow()).contains("admitAzureServices()");
    }

    @Test
    @Tag("G60")
    void apply_consentNotGiven_changesNothingAndNamesIt() {
        String before = world.fingerprint();
        long writes = world.writes();

        Report report = world.mirror.apply(world.plan().build());

        assertThat(report.verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(report.changes()).isEmpty();
        assertThat(report.actions()).extracting(Problem::code).containsOnly("CONSENT_NEEDED");
        assertThat(report.actions())
                .extracting(p -> p.remedy().orElseThrow())
                .anySatisfy(r -> assertThat(r).contains("RESTART_SERVER"))
                .anySatisfy(r -> assertThat(r).contains("CHANGE_TABLE_OWNERS"));
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(world.fingerprint()).isEqualTo(before);
    }

    @Test
    @Tag("G60")
    void apply_namedTableCannotBeMirrored_isRefusedWithItsReason() {
        world.server.sql("orders", "set role pgadmin; create view v as select 1 as one");

        Problem problem = refused(
                world.plan()
                        .tables(TableSelection.named("public.v", "public.missing"))
                        .build(),
                StepKey.TABLES);

        assertThat(problem.seen().orElseThrow())
                .contains("public.v: NOT_REGULAR_TABLE, view", "public.missing: does not exist");
    }

    @Test
    void apply_administratorsSecretIsWrong_isRefusedAndNamesTheSecret() {
        world.azure.vault("kv-main").put(World.ADMIN_SECRET.name(), "wrong");
        try {
            Problem problem = refused(world.plan().build(), StepKey.CREDENTIAL);

            assertThat(problem.code()).isEqualTo("LOGIN_REFUSED");
            assertThat(problem.text())
                    .contains("kv-main/postgres-admin-password", "28P01")
                    .doesNotContain("\"wrong\"");
        } finally {
            world.azure.vault("kv-main").put(World.ADMIN_SECRET.name(), world.server.adminPassword());
        }
    }

    private Problem refused(MirrorPlan plan, StepKey step) {
        String before = world.fingerprint();
        long writes = world.writes();

        Report report = world.apply(plan);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(report.step(step).outcome()).as(report.text()).isEqualTo(Outcome.NEEDS_ACTION);
        assertThat(report.changes()).isEmpty();
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(world.fingerprint()).isEqualTo(before);
        return report.step(step).problem().orElseThrow();
    }
}
