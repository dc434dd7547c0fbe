package io.fabricmirror.core;

import static io.fabricmirror.Consent.CHANGE_TABLE_OWNERS;
import static io.fabricmirror.Consent.RESTART_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabricmirror.Approval;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Outcome;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Report;
import io.fabricmirror.RunFacts;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StalePreviewException;
import io.fabricmirror.StepKey;
import io.fabricmirror.TimelineEntry;
import io.fabricmirror.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A preview is kept as JSON, approved by somebody else, and applied later or refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApprovalIT {
    private final World world = new World();

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    @Order(1)
    @Tag("G42")
    void apply_tableMadeAndParameterSetSinceThePreview_isRefusedNamingBoth() {
        Preview preview = kept(world.mirror.preview(world.plan().build()));
        world.server.sql("orders", "set role pgadmin; create table refunds (id int primary key)");
        world.server.parameter("max_worker_processes", "12");
        String before = world.fingerprint();
        long writes = world.writes();

        StalePreviewException e = catchThrowableOfType(
                StalePreviewException.class,
                () -> world.mirror.apply(preview.approve(
                        Approval.of(RESTART_SERVER, CHANGE_TABLE_OWNERS).reference("CHG-4711"))));

        assertThat(e.moved())
                .anySatisfy(m -> assertThat(m)
                        .contains("parameters: max_worker_processes was 8, is now 12", "the preview would have set"))
                .anySatisfy(m -> assertThat(m).contains("tables: public.refunds is new"))
                .anySatisfy(m -> assertThat(m).contains("owner of public.refunds: pgadmin -> fabric_user is new"));
        assertThat(e).hasMessageContaining("PREVIEW_STALE").hasMessageContaining("CHG-4711");
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(world.fingerprint()).isEqualTo(before);
    }

    @Test
    @Order(2)
    @Tag("G64")
    void apply_approvalHasEndedOrOptionsBringConsents_isRefusedBeforeAnythingIsSent() {
        Preview preview = world.mirror.preview(world.plan().build());
        int calls = world.azure.calls().size();

        MirrorException ended = catchThrowableOfType(
                MirrorException.class,
                () -> world.mirror.apply(preview.approve(Approval.of(RESTART_SERVER, CHANGE_TABLE_OWNERS)
                        .reference("CHG-1")
                        .notAfter(preview.takenAt().minus(Duration.ofHours(1))))));
        MirrorException twice = catchThrowableOfType(
                MirrorException.class,
                () -> world.mirror.apply(
                        preview.approve(Approval.of(RESTART_SERVER)),
                        RunOptions.defaults().consent(Consent.RESEED)));

        assertThat(ended.code()).isEqualTo("APPROVAL_ENDED");
        assertThat(ended).hasMessageContaining("CHG-1");
        assertThat(twice.code()).isEqualTo("CONSENT_TWICE");
        assertThat(world.azure.calls()).hasSize(calls);
    }

    @Test
    @Order(3)
    @Tag("G64")
    void apply_consentWasNotApproved_changesNothing() {
        Preview preview = world.mirror.preview(world.plan().build());

        Report report = world.mirror.apply(preview.approve(Approval.of(RESTART_SERVER)));

        assertThat(report.verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(report.step(StepKey.TABLES).problem().orElseThrow().line())
                .contains("CONSENT_NEEDED", "CHANGE_TABLE_OWNERS");
        assertThat(report.changes()).isEmpty();
    }

    @Test
    @Order(4)
    @Tag("G42")
    @Tag("G48")
    @Tag("G64")
    void apply_onlyMetricsMovedAndUnknownBecameKnown_doesWhatWasShown() {
        Preview preview = kept(world.mirror.preview(world.plan().build()));
        world.server.sql("orders", "insert into customers (name) select 'more' from generate_series(1, 50)");
        assertThat(preview.step(StepKey.READINESS).word()).isEqualTo(PreviewWord.LATER);

        Report report = world.mirror.apply(preview.approve(Approval.of(RESTART_SERVER, CHANGE_TABLE_OWNERS)
                .reference("CHG-4711")
                .notAfter(preview.takenAt().plus(Duration.ofHours(1)))));

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.DONE);
        assertThat(report.run().reference()).contains("CHG-4711");
        assertThat(report.text()).contains("approved by CHG-4711");
        assertThat(report.run().made()).containsKeys(RunFacts.CONNECTION_ID, RunFacts.MIRROR_ID, RunFacts.WORKSPACE_ID);
        assertThat(report.run().timeline()).extracting(e -> e.kind().value()).contains("step", "call", "wait");
        assertThat(report.run().timeline())
                .filteredOn(e -> e.kind().equals(TimelineEntry.Kind.STEP))
                .extracting(TimelineEntry::step)
                .containsAll(report.steps().stream().map(s -> s.key()).toList());
        String json = MirrorJson.write(report);
        assertThat(MirrorJson.write(MirrorJson.readReport(json))).isEqualTo(json);
        assertThat(MirrorJson.readReport(json).text()).isEqualTo(report.text());
        assertThat(json)
                .contains("\"verdict\" : \"DONE\"", "\"exitCode\" : 0", "CHG-4711")
                .doesNotContain(
                        world.server.adminPassword(),
                        world.azure
                                .vault("kv-main")
                                .value(World.ROLE_SECRET.name())
                                .orElseThrow());
        assertThat(report.html()).contains("fabric: create mirror", "sql: connect", "vault: store");
        assertThat(report.steps())
                .allMatch(s -> preview.step(s.key())
                        .word()
                        .possibleOutcomes()
                        .contains(s.outcome().equals(Outcome.SATISFIED) ? Outcome.SATISFIED : s.outcome()));
    }

    @Test
    @Order(5)
    @Tag("G64")
    void apply_approvedPreviewAgain_isRefusedBecauseItsChangesAreMade() {
        Preview preview = world.mirror.preview(world.plan().build());
        assertThat(preview.nothingToChange()).as(preview.text()).isTrue();

        Report report = world.mirror.apply(preview.approve(Approval.of()));

        assertThat(report.verdict()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
    }

    /** Returns what is left of a preview that was written to a file and read again. */
    private Preview kept(Preview preview) {
        String json = MirrorJson.write(preview);
        assertThat(json).doesNotContain(world.server.adminPassword());
        Preview read = MirrorJson.readPreview(json);
        assertThat(MirrorJson.write(read)).isEqualTo(json);
        assertThat(read.text()).isEqualTo(preview.text());
        assertThat(read.plan()).isEqualTo(preview.plan());
        return read;
    }
}
