package io.fabricmirror;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one step ended, with the changes that were made whatever the outcome. Immutable. */
public final class StepResult {
    private final StepKey key;
    private final Outcome outcome;
    private final String detail;
    private final List<Change> changes;
    private final @Nullable Problem problem;

    private StepResult(StepKey key, Outcome outcome, String detail, List<Change> changes, @Nullable Problem problem) {
        this.key = Objects.requireNonNull(key, "key");
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.detail = Objects.requireNonNull(detail, "detail");
        this.changes = List.copyOf(changes);
        this.problem = problem;
    }

    /**
     * Returns a result without a problem.
     *
     * @param key the step
     * @param outcome how it ended
     * @param detail what is so now, on one line
     * @param changes what was changed
     * @return the result
     */
    public static StepResult of(StepKey key, Outcome outcome, String detail, List<Change> changes) {
        return new StepResult(key, outcome, detail, changes, null);
    }

    /**
     * Returns a result with what stands in the way.
     *
     * @param key the step
     * @param outcome how it ended
     * @param problem what stands in the way
     * @param changes what was changed all the same
     * @return the result
     */
    public static StepResult of(StepKey key, Outcome outcome, Problem problem, List<Change> changes) {
        return new StepResult(key, outcome, problem.what(), changes, problem);
    }

    /**
     * Returns the step's key.
     *
     * @return the key
     */
    public StepKey key() {
        return key;
    }

    /**
     * Returns how it ended.
     *
     * @return the outcome
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Returns what is so now.
     *
     * @return one line, without a secret
     */
    public String detail() {
        return detail;
    }

    /**
     * Returns what was changed, whatever the outcome.
     *
     * @return the changes
     */
    public List<Change> changes() {
        return changes;
    }

    /**
     * Returns what stands in the way.
     *
     * @return the problem, unless the step is satisfied, changed or not reached
     */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * Returns the same result with other changes.
     *
     * @param all the changes
     * @return a copy
     */
    public StepResult withChanges(List<Change> all) {
        return new StepResult(key, outcome, detail, all, problem);
    }

    /** Returns the result on one line. */
    @Override
    public String toString() {
        return key + " " + outcome + ": " + detail;
    }
}
