package io.fabricmirror.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.Change;
import io.fabricmirror.Consent;
import io.fabricmirror.MirrorEvent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorListener;
import io.fabricmirror.Outcome;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Problem;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StepKey;
import io.fabricmirror.StepResult;
import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StepLoopTest {
    private final List<String> deeds = new ArrayList<>();
    private final SteppingPacer pacer = new SteppingPacer();
    private Run run = Run.apply("p", RunOptions.defaults(), pacer, List.of(), () -> false);

    @Test
    @Tag("G60")
    void perform_laterStepIsBlocked_changesNothingBeforeIt() {
        TestStep first = new TestStep("first");
        TestStep second = new TestStep("second");
        second.obstacle = Problem.of("PAUSED", "the capacity is paused").remedy("resume it");

        List<StepResult> results = perform(first, second);

        assertThat(deeds).isEmpty();
        assertThat(results.get(0).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(results.get(0).detail()).isEqualTo("because of step second; nothing was changed");
        assertThat(results.get(1).outcome()).isEqualTo(Outcome.NEEDS_ACTION);
    }

    @Test
    @Tag("G60")
    void perform_consentOfLaterStepMissing_changesNothingAndSaysHowToGiveIt() {
        TestStep first = new TestStep("first");
        TestStep second = new TestStep("second");
        second.consent = Consent.RESTART_SERVER;

        List<StepResult> results = perform(first, second);

        assertThat(deeds).isEmpty();
        assertThat(results.get(1).problem().orElseThrow().line())
                .contains("CONSENT_NEEDED", "apply(plan, RESTART_SERVER)");
    }

    @Test
    void perform_consentGiven_changes() {
        run = Run.apply("p", RunOptions.defaults().consent(Consent.RESTART_SERVER), pacer, List.of(), () -> false);
        TestStep step = new TestStep("only");
        step.consent = Consent.RESTART_SERVER;

        assertThat(perform(step).get(0).outcome()).isEqualTo(Outcome.CHANGED);
    }

    @Test
    @Tag("G61")
    void perform_stepFails_followingStepsAreNotReachedAndItsChangesAreKept() {
        TestStep first = new TestStep("first");
        TestStep second = new TestStep("second");
        first.failure = new MirrorException(Problem.of("BROKEN", "it broke"));

        List<StepResult> results = perform(first, second);

        assertThat(results.get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(results.get(0).changes()).containsExactly(Change.created("first", "done"));
        assertThat(results.get(1).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(results.get(1).detail()).isEqualTo("because of step first");
        assertThat(deeds).containsExactly("first");
    }

    @Test
    void perform_answerLostButChangeSeen_isChanged() {
        TestStep step = new TestStep("only");
        step.failure = new OutcomeUnknownException("create it", null);

        StepResult result = perform(step).get(0);

        assertThat(result.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(result.changes()).containsExactly(Change.created("only", "done"));
        assertThat(deeds).containsExactly("only");
    }

    @Test
    void perform_errorNobodyForesaw_isReportedWithoutItsMessage() {
        TestStep step = new TestStep("only");
        step.bug = new IllegalStateException("the password is x");

        StepResult result = perform(step).get(0);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.problem().orElseThrow().text())
                .contains("UNEXPECTED_ERROR", "IllegalStateException")
                .doesNotContain("password");
    }

    @Test
    void perform_answerLostAndChangeNotSeen_isUnknownAndNotRepeated() {
        TestStep step = new TestStep("only");
        step.failure = new OutcomeUnknownException("create it", null);
        step.takesEffect = false;

        StepResult result = perform(step).get(0);

        assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(deeds).containsExactly("only");
    }

    @Test
    void perform_changeDoesNotTakeEffect_isFailedNotChanged() {
        TestStep step = new TestStep("only");
        step.takesEffect = false;

        assertThat(perform(step).get(0).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    @Tag("G61")
    void perform_limitIsOverWhileWaiting_isInProgressAndSaysWhatWasLastSeen() {
        run = Run.apply("p", RunOptions.within(Duration.ofMinutes(1)), pacer, List.of(), () -> false);
        TestStep step = new TestStep("only");
        step.waitsFor = "9/17 tables";

        StepResult result = perform(step).get(0);

        assertThat(result.outcome()).isEqualTo(Outcome.IN_PROGRESS);
        assertThat(result.problem().orElseThrow().seen()).contains("9/17 tables");
        assertThat(run.elapsed()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void perform_interrupted_reportsAndKeepsTheFlag() {
        TestStep step = new TestStep("only");
        Thread.currentThread().interrupt();

        StepResult result = perform(step).get(0);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.outcome()).isEqualTo(Outcome.IN_PROGRESS);
        assertThat(deeds).isEmpty();
    }

    @Test
    void perform_listenerThrows_goesOnAndTellsTheOthers() {
        List<String> heard = new ArrayList<>();
        MirrorListener broken = event -> {
            throw new IllegalStateException("listener");
        };
        MirrorListener good = event -> heard.add(event.kind().value() + " " + event.step());
        run = Run.apply("p", RunOptions.defaults(), pacer, List.of(broken, good), () -> false);

        perform(new TestStep("only"));

        assertThat(heard)
                .containsExactly(
                        MirrorEvent.Kind.STEP_STARTED.value() + " only",
                        MirrorEvent.Kind.CHANGED.value() + " only",
                        MirrorEvent.Kind.STEP_ENDED.value() + " only");
    }

    @Test
    void perform_stepKnownOnlyAfterAnother_isLookedAtAgainWhenItsTurnComes() {
        TestStep first = new TestStep("first");
        TestStep second = new TestStep("second");
        second.after = first.key();

        assertThat(new StepLoop(run, List.of(first, second), () -> false)
                        .look()
                        .get(1)
                        .word())
                .isEqualTo(PreviewWord.LATER);
        assertThat(perform(first, second))
                .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(Outcome.CHANGED));
    }

    @Test
    @Tag("G43")
    void perform_anotherRunWorkedDuringTheFirstLook_looksAgainBeforeItChanges() {
        TestStep first = new TestStep("first");
        TestStep second = new TestStep("second");
        second.whenLookedAt = () -> {
            if (!first.there) {
                first.there = true;
                run.worldMayHaveMoved();
            }
        };

        List<StepResult> results = perform(first, second);

        assertThat(results.get(0).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(deeds).containsExactly("second");
    }

    @Test
    @Tag("G43")
    void perform_turnLostBeforeAChange_looksAgainAndDoesNotRepeatIt() {
        TestStep step = new TestStep("only");
        AtomicBoolean lost = new AtomicBoolean(true);

        List<StepResult> results = new StepLoop(run, List.of(step), () -> {
                    step.there = true;
                    return lost.getAndSet(false);
                })
                .perform();

        assertThat(results.get(0).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(deeds).isEmpty();
    }

    private List<StepResult> perform(TestStep... steps) {
        return new StepLoop(run, List.of(steps), () -> false).perform();
    }

    /** A step over a small world of its own: one thing that is there or not. */
    private final class TestStep extends Step<Boolean> {
        private boolean there;
        private boolean takesEffect = true;
        private @Nullable Problem obstacle;
        private @Nullable Consent consent;
        private @Nullable MirrorException failure;
        private @Nullable RuntimeException bug;
        private @Nullable StepKey after;
        private String waitsFor = "";
        private Runnable whenLookedAt = () -> {};

        TestStep(String key) {
            super(new StepKey(key));
        }

        @Override
        protected Boolean observe() {
            if (after != null) {
                run.requireTrue(after);
            }
            whenLookedAt.run();
            return there;
        }

        @Override
        protected PreviewStep compare(Boolean seen) {
            if (obstacle != null) {
                return PreviewStep.blocked(key(), obstacle);
            }
            return seen
                    ? PreviewStep.satisfied(key(), "there")
                    : PreviewStep.change(
                            key(),
                            "make it",
                            List.of(Change.created(key().value(), "done")),
                            consent == null ? List.of() : List.of(consent));
        }

        @Override
        protected void change(Boolean seen) {
            deeds.add(key().value());
            if (bug != null) {
                throw bug;
            }
            there = takesEffect;
            if (failure instanceof OutcomeUnknownException lost) {
                throw lost;
            }
            run.changed(Change.created(key().value(), "done"));
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        protected void await() {
            run.waitUntilDone(
                    Duration.ofSeconds(7), () -> waitsFor.isEmpty() ? Optional.empty() : Optional.of(waitsFor));
        }
    }

    /** Time that passes only in pauses. */
    private static final class SteppingPacer implements Pacer {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            now = now.plus(duration);
        }
    }
}
