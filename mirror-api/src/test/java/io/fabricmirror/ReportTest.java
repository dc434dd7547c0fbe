package io.fabricmirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G61")
class ReportTest {
    @Test
    void verdict_isTheWorstOfTheOutcomes() {
        assertThat(report(Outcome.SATISFIED, Outcome.SATISFIED).verdict()).isEqualTo(Verdict.NOTHING_TO_CHANGE);
        assertThat(report(Outcome.SATISFIED, Outcome.CHANGED).verdict()).isEqualTo(Verdict.DONE);
        assertThat(report(Outcome.CHANGED, Outcome.IN_PROGRESS).verdict()).isEqualTo(Verdict.IN_PROGRESS);
        assertThat(report(Outcome.IN_PROGRESS, Outcome.NEEDS_ACTION).verdict()).isEqualTo(Verdict.ACTION_NEEDED);
        assertThat(report(Outcome.NEEDS_ACTION, Outcome.UNKNOWN).verdict()).isEqualTo(Verdict.UNCERTAIN);
        assertThat(report(Outcome.UNKNOWN, Outcome.FAILED).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(report(Outcome.FAILED, Outcome.NOT_REACHED).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void verdict_outcomeOfALaterVersion_isNeverDone() {
        assertThat(report(Outcome.SATISFIED, new Outcome("postponed")).verdict())
                .isEqualTo(Verdict.UNCERTAIN);
    }

    @Test
    void exitCode_isZeroOnlyWhenThePlanHolds() {
        for (Verdict verdict : Verdict.values()) {
            boolean good = verdict == Verdict.DONE || verdict == Verdict.NOTHING_TO_CHANGE;
            assertThat(verdict.exitCode() == 0).as(verdict.name()).isEqualTo(good);
        }
        assertThat(Arrays.stream(Verdict.values()).map(Verdict::exitCode).distinct())
                .hasSize(Verdict.values().length - 1);
    }

    @Test
    void orThrow_inProgress_throwsUnlessNoMoreWasAsked() {
        Report waiting = report(Milestone.REPLICATING, Outcome.CHANGED, Outcome.IN_PROGRESS);
        Report stuck = report(Milestone.STARTED, Outcome.CHANGED, Outcome.IN_PROGRESS);
        Report content = Report.of(
                "orders",
                Milestone.STARTED,
                List.of(
                        StepResult.of(StepKey.START, Outcome.CHANGED, "Running", List.of()),
                        StepResult.of(StepKey.VERIFIED, Outcome.IN_PROGRESS, "9/17", List.of())),
                List.of(),
                Duration.ZERO);

        RunException e = catchThrowableOfType(RunException.class, waiting::orThrow);

        assertThat(e.report()).isSameAs(waiting);
        assertThat(catchThrowableOfType(RunException.class, stuck::orThrow)).isNotNull();
        assertThat(content.orThrow()).isSameAs(content);
    }

    @Test
    void orThrow_actionNeeded_carriesCodeAndRemedy() {
        Problem problem =
                Problem.of("CONSENT_NEEDED", "the server must restart").remedy("add RESTART_SERVER to the run");
        Report report = Report.of(
                "orders",
                Milestone.REPLICATING,
                List.of(StepResult.of(StepKey.PARAMETERS, Outcome.NEEDS_ACTION, problem, List.of())),
                List.of(),
                Duration.ofSeconds(1));

        RunException e = catchThrowableOfType(RunException.class, report::orThrow);

        assertThat(e.code()).isEqualTo("CONSENT_NEEDED");
        assertThat(e).hasMessageContaining("add RESTART_SERVER to the run").hasMessageContaining("Nothing was changed");
        assertThat(report.actions()).containsExactly(problem);
        assertThat(report.text())
                .contains("CONSENT_NEEDED: the server must restart\n  remedy  add RESTART_SERVER to the run");
    }

    private static Report report(Outcome... outcomes) {
        return report(Milestone.REPLICATING, outcomes);
    }

    private static Report report(Milestone milestone, Outcome... outcomes) {
        List<StepResult> steps = Arrays.stream(outcomes)
                .map(o -> StepResult.of(
                        StepKey.SERVER,
                        o,
                        "",
                        o.equals(Outcome.CHANGED) ? List.of(Change.created("x", "y")) : List.of()))
                .toList();
        return Report.of("orders", milestone, steps, List.of(), Duration.ofSeconds(3));
    }
}
