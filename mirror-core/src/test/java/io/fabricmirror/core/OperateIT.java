package io.fabricmirror.core;

import static io.fabricmirror.Consent.DELETE_MIRRORED_DATA;
import static io.fabricmirror.Consent.RESEED;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Outcome;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Report;
import io.fabricmirror.ResyncPlan;
import io.fabricmirror.SecretRef;
import io.fabricmirror.StepKey;
import io.fabricmirror.StopPlan;
import io.fabricmirror.TableName;
import io.fabricmirror.TableSelection;
import io.fabricmirror.Verdict;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.LocalMirror;
import io.fabricmirror.testkit.RecordedCall;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A mirror that replicates, and what is done with it afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperateIT {
    private final World world = new World();
    private final MirrorPlan plan = world.plan().build();
    private int callsBefore;

    @BeforeEach
    void bringBack() {
        world.azure.faults().clear();
        world.mirror.apply(plan, Consent.values()).orThrow();
        callsBefore = world.azure.calls().size();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Tag("G45")
    void stop_runningMirror_saysWhatFollowsThenStopsOnce() {
        StopPlan stop = plan.stop();

        Preview preview = world.mirror.preview(stop);
        Report report = world.mirror.apply(stop);
        Report again = world.mirror.apply(stop);

        assertThat(preview.step(StepKey.STOP).detail()).contains("starting again copies every table anew");
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(item("orders").status()).isEqualTo("Stopped");
        assertThat(item("orders").rows("public.customers")).isEqualTo(100);
        assertThat(world.ask("select count(*) from pg_replication_slots")).isEqualTo("0");
        assertThat(again.verdict()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        assertThat(calls(Call.STOP_MIRRORING)).hasSize(1);
    }

    @Test
    @Tag("G45")
    void stop_answerLost_looksInsteadOfStoppingTwice() {
        world.azure.faults().on(Call.STOP_MIRRORING).first().doneButAnswerLost();

        Report report = world.mirror.apply(plan.stop());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(item("orders").status()).isEqualTo("Stopped");
    }

    @Test
    @Tag("G45")
    void stop_thenApplyThePlan_startsAgainOnlyWithConsent() {
        world.mirror.apply(plan.stop()).orThrow();

        Report asked = world.apply(plan);
        Report started = world.mirror.apply(plan, RESEED);

        assertThat(asked.changes()).isEmpty();
        assertThat(asked.step(StepKey.START).problem().orElseThrow().line()).contains("RESEED");
        assertThat(started.verdict()).as(started.text()).isEqualTo(Verdict.DONE);
        assertThat(item("orders").status()).isEqualTo("Running");
    }

    @Test
    @Tag("G45")
    void resync_allTables_copiesOnceHoweverOftenItRuns() {
        ResyncPlan resync = plan.resync(now());

        Preview preview = world.mirror.preview(resync);
        Report asked = world.mirror.apply(resync);
        Report report = world.mirror.apply(resync, RESEED);
        Report again = world.mirror.apply(resync);

        assertThat(preview.step(StepKey.RESYNC).detail()).contains("stopped and started; every table is copied anew");
        assertThat(preview.missingConsents()).containsExactly(RESEED);
        assertThat(asked.changes()).isEmpty();
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(item("orders").rows("public.customers")).isEqualTo(100);
        assertThat(again.verdict()).as(again.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        assertThat(calls(Call.STOP_MIRRORING)).hasSize(1);
        assertThat(calls(Call.START_MIRRORING)).hasSize(1);
    }

    @Test
    @Tag("G45")
    void resync_oneTable_leavesTheOthersAlone() {
        TableName customers = new TableName("public", "customers");
        ResyncPlan resync = plan.resync(now(), customers);

        Preview preview = world.mirror.preview(resync);
        Report report = world.mirror.apply(resync, RESEED);
        Report again = world.mirror.apply(resync);

        assertThat(preview.step(StepKey.RESYNC).detail())
                .isEqualTo("the copies of public.customers in OneLake are deleted, then made anew");
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.changes()).extracting(Object::toString).contains("table of the mirror: public.customers");
        assertThat(item("orders").rows("public.customers")).isEqualTo(100);
        assertThat(again.verdict()).as(again.text()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        assertThat(calls(Call.STOP_MIRRORING)).isEmpty();
        assertThat(calls(Call.UPDATE_DEFINITION)).hasSize(2);
    }

    @Test
    @Tag("G45")
    void resync_endedAfterTheTableLeft_isFinishedByTheNextRun() {
        ResyncPlan resync = plan.resync(now(), new TableName("public", "customers"));
        world.azure
                .faults()
                .on(Call.UPDATE_DEFINITION)
                .nth(2)
                .refused(400, "CorruptedPayload", "The provided payload is corrupted");

        Report broken = world.mirror.apply(resync, RESEED);
        Report report = world.mirror.apply(resync, RESEED);

        assertThat(broken.step(StepKey.MIRROR).outcome()).as(broken.text()).isEqualTo(Outcome.NEEDS_ACTION);
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.step(StepKey.RESYNC).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(item("orders").rows("public.customers")).isEqualTo(100);
    }

    @Test
    @Tag("G46")
    void apply_changedName_renamesTheItemThatReadsTheSource() {
        String id = item("orders").id();
        MirrorPlan renamed = named("Orders of the shop");

        Preview preview = world.mirror.preview(renamed);
        Report report = world.mirror.apply(renamed);

        assertThat(preview.step(StepKey.MIRROR).changes())
                .extracting(Object::toString)
                .containsExactly("name of mirrored database " + id + ": orders -> Orders of the shop");
        assertThat(preview.step(StepKey.MIRROR).detail()).contains("keeps its id and its data");
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(world.azure.workspace("Sales").mirrors()).containsExactly("Orders of the shop");
        assertThat(item("Orders of the shop").id()).isEqualTo(id);
        assertThat(world.mirror.apply(renamed).verdict()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
    }

    @Test
    @Tag("G39")
    void preview_tableLeavesTheMirror_saysThatItsCopyGoes() {
        MirrorPlan fewer = world.plan()
                .tables(TableSelection.named("public.customers", "public.notes"))
                .build();

        PreviewStep step = world.mirror.preview(fewer).step(StepKey.MIRROR);
        Report asked = world.apply(fewer);
        Report report = world.mirror.apply(fewer, DELETE_MIRRORED_DATA);

        assertThat(step.consents()).containsExactly(DELETE_MIRRORED_DATA);
        assertThat(step.changes())
                .extracting(Object::toString)
                .containsExactly("table of the mirror: sales.leads -> removed, copy deleted");
        assertThat(asked.changes()).isEmpty();
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(item("orders").tables()).doesNotContain("sales.leads");
    }

    @Test
    @Tag("G39")
    void apply_otherSchemaOfTheMirror_stopsItFirstAndOnlyWithConsent() {
        MirrorPlan changed = world.plan().defaultSchema("sales").build();

        PreviewStep step = world.mirror.preview(changed).step(StepKey.MIRROR);
        Report report = world.mirror.apply(changed, RESEED);

        assertThat(step.consents()).containsExactly(RESEED);
        assertThat(step.detail()).contains("must be stopped", "every table is copied anew");
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(calls(Call.STOP_MIRRORING)).hasSize(1);
        assertThat(item("orders").status()).isEqualTo("Running");
        assertThat(world.mirror.apply(changed).verdict()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
    }

    @Test
    @Tag("G39")
    void apply_otherRoleForTheConnection_movesTheMirrorToANewConnection() {
        MirrorPlan changed = world.plan()
                .connection(ConnectionSpec.fabricUser(SecretRef.keyVault(World.VAULT, "second-role"))
                        .user("second"))
                .build();

        PreviewStep step = world.mirror.preview(changed).step(StepKey.MIRROR);
        Report report = world.mirror.apply(changed, RESEED, Consent.CHANGE_TABLE_OWNERS);

        assertThat(step.consents()).containsExactly(RESEED);
        assertThat(step.changes())
                .extracting(Object::toString)
                .anySatisfy(
                        c -> assertThat(c).startsWith("connection of the mirror: \"pg-orders;orders fabric_user\""));
        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(item("orders").rows("public.customers")).isEqualTo(100);
    }

    @Test
    @Tag("G39")
    void apply_otherRetention_needsNoStop() {
        MirrorPlan changed = world.plan().retentionDays(3).build();

        Report report = world.mirror.apply(changed);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.changes())
                .extracting(Object::toString)
                .containsExactly(
                        "retention of the mirror: Fabric's default -> 3 days; older history of the copy is deleted");
        assertThat(calls(Call.STOP_MIRRORING)).isEmpty();
    }

    @Test
    @Tag("G40")
    void apply_capacityWasPaused_namesItAndGoesOnWhenItIsResumed() {
        world.azure.workspace("Sales").pauseCapacity();
        assertThat(item("orders").status()).isEqualTo("Paused");

        Report paused = world.mirror.apply(plan);
        Report stopped = world.mirror.apply(plan.stop());
        world.azure.workspace("Sales").resumeCapacity();
        Report resumed = world.mirror.apply(plan, RESEED);

        assertThat(paused.step(StepKey.SERVER).problem().orElseThrow().code()).isEqualTo("CAPACITY_NOT_ACTIVE");
        assertThat(stopped.verdict()).as(stopped.text()).isEqualTo(Verdict.DONE);
        assertThat(resumed.verdict()).as(resumed.text()).isEqualTo(Verdict.DONE);
        assertThat(item("orders").status()).isEqualTo("Running");
    }

    private List<RecordedCall> calls(Call call) {
        List<RecordedCall> all = world.azure.calls();
        return all.subList(callsBefore, all.size()).stream()
                .filter(c -> c.call().equals(call))
                .toList();
    }

    private Instant now() {
        return world.azure.pacer().now();
    }

    private LocalMirror item(String name) {
        return world.azure.workspace("Sales").mirror(name);
    }

    private MirrorPlan named(String name) {
        return MirrorPlan.named(name)
                .server(plan.server())
                .database(plan.database())
                .admin(plan.admin())
                .connection(plan.connection())
                .workspace(WorkspaceRef.named("Sales"))
                .gateway(plan.gateway())
                .build();
    }
}
