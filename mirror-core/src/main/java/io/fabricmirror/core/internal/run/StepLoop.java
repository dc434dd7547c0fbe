package io.fabricmirror.core.internal.run;

import io.fabricmirror.Consent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.Outcome;
import io.fabricmirror.OutcomeUnknownException;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.PreviewWord;
import io.fabricmirror.Problem;
import io.fabricmirror.StepKey;
import io.fabricmirror.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at the steps of a plan and makes them true, in order. */
final class StepLoop {
    private final Run run;
    private final List<Step<?>> steps;
    private final BooleanSupplier retakeLostTurn;

    /**
     * Prepares the steps.
     *
     * @param run the run
     * @param steps the steps, in order
     * @param retakeLostTurn makes sure that no other run is at work; tells whether one may have been
     */
    StepLoop(Run run, List<Step<?>> steps, BooleanSupplier retakeLostTurn) {
        this.run = run;
        this.steps = steps;
        this.retakeLostTurn = retakeLostTurn;
    }

    /** Looks at every step; changes nothing. */
    List<PreviewStep> look() {
        List<PreviewStep> looks = new ArrayList<>();
        for (Step<?> step : steps) {
            looks.add(look(step));
        }
        return looks;
    }

    /**
     * Makes the steps true. If the first look already shows that one cannot be, or lacks a consent, nothing is changed at all: a
     * server is not restarted for a mirror that cannot exist.
     */
    List<StepResult> perform() {
        return perform(looks -> {});
    }

    /** Makes the steps true, unless the first look is refused. */
    List<StepResult> perform(Consumer<List<PreviewStep>> judgeFirstLook) {
        List<PreviewStep> looks;
        try {
            do {
                run.checkGoingOn("the first look");
                run.beginLooking();
                looks = look();
                // If another run was at work meanwhile, it is this one's turn only now.
            } while (run.worldHasMoved() || (isBlocked(looks) && retakeLostTurn.getAsBoolean()));
        } catch (RunEnded e) {
            return endedWhileLooking(e.outcome(), e.problem());
        } catch (MirrorException e) {
            return endedWhileLooking(outcomeOf(e.problem()), e.problem());
        }
        judgeFirstLook.accept(looks);
        List<StepResult> deadEnd = deadEnd(looks);
        return deadEnd.isEmpty() ? performAll(looks) : deadEnd;
    }

    private List<StepResult> endedWhileLooking(Outcome outcome, Problem problem) {
        List<StepResult> results = new ArrayList<>();
        StepKey first = steps.get(0).key();
        results.add(StepResult.of(first, outcome, problem, List.of()));
        steps.stream()
                .skip(1)
                .forEach(step -> results.add(
                        StepResult.of(step.key(), Outcome.NOT_REACHED, "because of step " + first, List.of())));
        return results;
    }

    private List<StepResult> deadEnd(List<PreviewStep> looks) {
        List<StepResult> results = new ArrayList<>();
        PreviewStep obstacle = null;
        for (int i = 0; i < looks.size(); i++) {
            PreviewStep look = looks.get(i);
            StepResult stopped = stopped(look);
            if (stopped != null) {
                obstacle = obstacle == null && steps.get(i).endsTheRun() ? look : obstacle;
                results.add(stopped);
            } else if (look.word().equals(PreviewWord.SATISFIED)) {
                results.add(satisfied(look));
            } else {
                results.add(StepResult.of(look.key(), Outcome.NOT_REACHED, "", List.of()));
            }
        }
        if (obstacle == null) {
            return List.of();
        }

        String reason = "because of step " + obstacle.key() + "; nothing was changed";
        return results.stream()
                .map(r -> r.outcome().equals(Outcome.NOT_REACHED)
                        ? StepResult.of(r.key(), Outcome.NOT_REACHED, reason, List.of())
                        : r)
                .toList();
    }

    private List<StepResult> performAll(List<PreviewStep> looks) {
        List<StepResult> results = new ArrayList<>();
        try {
            performInOrder(looks, results);
        } finally {
            endAll(results);
        }
        return results;
    }

    private void performInOrder(List<PreviewStep> looks, List<StepResult> results) {
        StepResult end = null;
        for (int i = 0; i < steps.size(); i++) {
            StepKey key = steps.get(i).key();
            if (end != null) {
                results.add(StepResult.of(key, Outcome.NOT_REACHED, "because of step " + end.key(), List.of()));
                continue;
            }

            StepResult result = perform(steps.get(i), looks.get(i));
            results.add(result);
            if (!isGood(result)) {
                end = steps.get(i).endsTheRun() ? result : null;
            } else if (steps.get(i).revealsOthers() && result.outcome().equals(Outcome.CHANGED)) {
                List<StepResult> deadEnd = deadEndAfter(i);
                if (!deadEnd.isEmpty()) {
                    results.addAll(deadEnd);
                    return;
                }
            }
        }
    }

    /** Looks once more at the steps behind one that let them see; returns their ends if one of them cannot be made true. */
    private List<StepResult> deadEndAfter(int last) {
        try {
            List<StepResult> ends = deadEnd(look());
            return ends.isEmpty() ? ends : ends.subList(last + 1, ends.size());
        } catch (RunEnded e) {
            // The next step begins with the same question.
            return List.of();
        }
    }

    /** Lets every step take back what was only for the run. An interrupt must not keep a door open. */
    private void endAll(List<StepResult> results) {
        boolean interrupted = Thread.interrupted();
        for (int i = 0; i < results.size(); i++) {
            StepResult ended = results.get(i);
            run.resume(ended);
            try {
                steps.get(i).end();
                if (!run.stepChanges().equals(ended.changes())) {
                    results.set(i, ended.withChanges(run.stepChanges()));
                }
            } catch (MirrorException e) {
                results.set(i, StepResult.of(ended.key(), outcomeOf(e.problem()), e.problem(), run.stepChanges()));
            } catch (RuntimeException e) {
                results.set(i, StepResult.of(ended.key(), Outcome.FAILED, unexpected(e), run.stepChanges()));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private StepResult perform(Step<?> step, PreviewStep firstLook) {
        run.begin(step.key());
        StepResult result;
        try {
            run.checkGoingOn("step " + step.key() + " had not begun");
            // What was looked at before something changed may have changed with it.
            boolean stale = run.worldHasMoved()
                    || run.changedAnything()
                    || firstLook.word().equals(PreviewWord.LATER);
            PreviewStep look = stale ? look(step) : firstLook;
            if (isBlocked(List.of(look)) && retakeLostTurn.getAsBoolean()) {
                look = lookAgain(step);
            }
            result = change(step, look);
        } catch (RunEnded e) {
            result = StepResult.of(step.key(), e.outcome(), e.problem(), run.stepChanges());
        } catch (MirrorException e) {
            result = StepResult.of(step.key(), outcomeOf(e.problem()), e.problem(), run.stepChanges());
        } catch (RuntimeException e) {
            result = StepResult.of(step.key(), Outcome.FAILED, unexpected(e), run.stepChanges());
        }
        run.ended(result);
        return result;
    }

    private StepResult change(Step<?> step, PreviewStep look) {
        StepResult stopped = stopped(look);
        if (stopped != null) {
            return stopped;
        } else if (look.word().equals(PreviewWord.SATISFIED)) {
            return satisfied(look);
        }

        if (!look.changes().isEmpty() && retakeLostTurn.getAsBoolean()) {
            run.checkGoingOn("another run may have been at work");
            return change(step, lookAgain(step));
        }

        Problem lost = look.changes().isEmpty() ? null : act(step, look);
        if (lost != null && !look(step).changes().isEmpty()) {
            return StepResult.of(step.key(), Outcome.UNKNOWN, lost, run.stepChanges());
        }

        step.await();
        // What was just changed is looked at once more, so that "changed" means seen, not sent.
        PreviewStep after = look(step);
        if (after.word().equals(PreviewWord.SATISFIED)) {
            Outcome outcome = run.stepChanges().isEmpty() ? Outcome.SATISFIED : Outcome.CHANGED;
            return StepResult.of(step.key(), outcome, after.detail(), run.stepChanges());
        } else if (lost != null) {
            return StepResult.of(step.key(), Outcome.UNKNOWN, lost, run.stepChanges());
        }

        Problem problem = after.problem()
                .orElseGet(
                        () -> Problem.of("NOT_AS_WANTED", "after the change step " + step.key() + " is still not true")
                                .seen(after.detail()));
        return StepResult.of(step.key(), outcomeOf(problem), problem, run.stepChanges());
    }

    /** Changes; returns what is unknown if the answer was lost. */
    private @Nullable Problem act(Step<?> step, PreviewStep look) {
        try {
            step.act();
            return null;
        } catch (OutcomeUnknownException e) {
            run.mayHaveChanged(look.changes());
            return e.problem();
        }
    }

    /** Looks at a step, and before it at all those on whose facts it builds. */
    private PreviewStep lookAgain(Step<?> step) {
        steps.subList(0, steps.indexOf(step)).forEach(this::look);
        return look(step);
    }

    private static boolean isBlocked(List<PreviewStep> looks) {
        return looks.stream().anyMatch(look -> look.word().equals(PreviewWord.BLOCKED));
    }

    private PreviewStep look(Step<?> step) {
        run.attend(step.key());
        PreviewStep look = tryToLook(step);
        run.looked(look);
        return look;
    }

    private PreviewStep tryToLook(Step<?> step) {
        try {
            return step.look();
        } catch (NotKnownYet e) {
            return PreviewStep.later(step.key(), String.valueOf(e.getMessage()));
        } catch (RunEnded e) {
            throw e;
        } catch (MirrorException e) {
            return run.applying()
                    ? PreviewStep.blocked(step.key(), e.problem())
                    : Sight.preview(step.key(), e.problem());
        } catch (RuntimeException e) {
            return PreviewStep.blocked(step.key(), unexpected(e));
        }
    }

    /** What nobody foresaw must not take the report with it. Its message is not shown, because nobody knows what is in it. */
    private static Problem unexpected(RuntimeException e) {
        return Problem.ofSystem(
                        "UNEXPECTED_ERROR",
                        "an error that this version did not foresee: "
                                + e.getClass().getName())
                .seen(e.getStackTrace().length == 0 ? "no trace" : "at " + e.getStackTrace()[0]);
    }

    private @Nullable StepResult stopped(PreviewStep look) {
        if (look.word().equals(PreviewWord.BLOCKED) || look.word().equals(PreviewWord.CANNOT_SEE)) {
            Problem problem = look.problem().orElseThrow();
            return StepResult.of(look.key(), outcomeOf(problem), problem, List.of());
        }

        Optional<Problem> beyond = run.beyondApproval(look);
        if (beyond.isPresent()) {
            return StepResult.of(look.key(), Outcome.NEEDS_ACTION, beyond.get(), List.of());
        }

        List<Consent> missing =
                look.consents().stream().filter(c -> !run.agreed(c)).toList();
        return missing.isEmpty()
                ? null
                : StepResult.of(look.key(), Outcome.NEEDS_ACTION, consentNeeded(look, missing), List.of());
    }

    private Problem consentNeeded(PreviewStep look, List<Consent> missing) {
        String names = missing.stream().map(Consent::name).collect(Collectors.joining(", "));
        String beyond =
                missing.stream().filter(c -> !run.allowed(c)).map(Consent::name).collect(Collectors.joining(", "));
        if (!beyond.isEmpty()) {
            return Problem.of(
                            "BEYOND_CEILING",
                            "step " + look.key() + " needs " + beyond + ", which this executor never does")
                    .seen(look.changes().stream().map(Object::toString).collect(Collectors.joining("; ")))
                    .cause("its owner set a ceiling, which no run and no plan can exceed")
                    .who("the owner of the executor")
                    .remedy("do it by hand, or let the owner allow it: AzureMirror.builder(credential).allow(" + beyond
                            + ")");
        }

        return Problem.of("CONSENT_NEEDED", "step " + look.key() + " needs " + names + ", which was not given")
                .seen(look.changes().stream().map(Object::toString).collect(Collectors.joining("; ")))
                .cause(missing.stream().map(c -> c + ": " + c.consequence()).collect(Collectors.joining("; ")))
                .who("whoever answers for the server")
                .remedy("give " + names + " to the run: apply(plan, " + names + ")");
    }

    private static StepResult satisfied(PreviewStep look) {
        return StepResult.of(look.key(), Outcome.SATISFIED, look.detail(), List.of());
    }

    /** A problem that says what to do is somebody's task; one that does not is a failure. */
    private static Outcome outcomeOf(Problem problem) {
        return problem.remedy().isPresent() ? Outcome.NEEDS_ACTION : Outcome.FAILED;
    }

    private static boolean isGood(StepResult result) {
        return result.outcome().equals(Outcome.SATISFIED) || result.outcome().equals(Outcome.CHANGED);
    }
}
