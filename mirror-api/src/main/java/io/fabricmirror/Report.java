package io.fabricmirror;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a run did, step by step, and what it comes to. Immutable. */
public final class Report {
    private static final List<Outcome> GOOD = List.of(Outcome.SATISFIED, Outcome.CHANGED);

    private final String planName;
    private final Milestone milestone;
    private final List<StepResult> steps;
    private final List<TableProgress> tables;
    private final Duration elapsed;
    private final RunFacts run;

    private Report(
            String planName,
            Milestone milestone,
            List<StepResult> steps,
            List<TableProgress> tables,
            Duration elapsed,
            RunFacts run) {
        this.planName = Objects.requireNonNull(planName, "planName");
        this.milestone = Objects.requireNonNull(milestone, "milestone");
        this.steps = List.copyOf(steps);
        this.tables = List.copyOf(tables);
        this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
        this.run = Objects.requireNonNull(run, "run");
    }

    /**
     * Returns a report.
     *
     * @param planName the plan's name
     * @param milestone how far the run was to go
     * @param steps a result for each step, in order
     * @param tables how far each table has come; empty if the run did not get there
     * @param elapsed how long the run took, by the run's own clock
     * @return the report
     */
    public static Report of(
            String planName,
            Milestone milestone,
            List<StepResult> steps,
            List<TableProgress> tables,
            Duration elapsed) {
        return new Report(planName, milestone, steps, tables, elapsed, RunFacts.NONE);
    }

    /**
     * Adds what is known of the run itself.
     *
     * @param facts its id, its beginning, its timeline, what it made and who approved it
     * @return a copy with them
     */
    public Report run(RunFacts facts) {
        return new Report(planName, milestone, steps, tables, elapsed, facts);
    }

    /**
     * Returns what is known of the run itself.
     *
     * @return its id, its beginning, its timeline, what it made and who approved it
     */
    public RunFacts run() {
        return run;
    }

    /**
     * Returns how far the run was to go.
     *
     * @return the milestone
     */
    public Milestone milestone() {
        return milestone;
    }

    /**
     * Returns the plan's name.
     *
     * @return the name
     */
    public String planName() {
        return planName;
    }

    /**
     * Returns the results.
     *
     * @return one for each step, in the order of the plan
     */
    public List<StepResult> steps() {
        return steps;
    }

    /**
     * Returns one result.
     *
     * @param key the step's key
     * @return the result
     * @throws IllegalArgumentException if the plan has no such step
     */
    public StepResult step(StepKey key) {
        return steps.stream()
                .filter(s -> s.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no step " + key + " in the report of " + planName));
    }

    /**
     * Returns how far each table has come.
     *
     * @return the wanted tables in order; empty if the run did not get there
     */
    public List<TableProgress> tables() {
        return tables;
    }

    /**
     * Returns how long the run took.
     *
     * @return the time by the run's own clock
     */
    public Duration elapsed() {
        return elapsed;
    }

    /**
     * Returns what the results come to: the worst of them. A failed step outweighs an unknown one, that an action, that a service
     * still at work; an outcome this version does not know makes it uncertain.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        if (has(Outcome.FAILED)) {
            return Verdict.FAILED;
        } else if (has(Outcome.UNKNOWN)) {
            return Verdict.UNCERTAIN;
        } else if (has(Outcome.NEEDS_ACTION)) {
            return Verdict.ACTION_NEEDED;
        } else if (has(Outcome.IN_PROGRESS)) {
            return Verdict.IN_PROGRESS;
        } else if (has(Outcome.NOT_REACHED)) {
            return Verdict.FAILED;
        }

        if (!steps.stream().allMatch(s -> GOOD.contains(s.outcome()))) {
            return Verdict.UNCERTAIN;
        }
        return changes().isEmpty() ? Verdict.NOTHING_TO_CHANGE : Verdict.DONE;
    }

    /**
     * Returns what somebody has to do.
     *
     * @return the problems of the steps that need action
     */
    public List<Problem> actions() {
        return steps.stream()
                .filter(s -> s.outcome().equals(Outcome.NEEDS_ACTION))
                .flatMap(s -> s.problem().stream())
                .toList();
    }

    /**
     * Returns every change that was made.
     *
     * @return the changes, in order
     */
    public List<Change> changes() {
        return steps.stream().flatMap(s -> s.changes().stream()).toList();
    }

    /**
     * Returns this report if everything is as the plan wants it.
     *
     * @return this report, if the verdict is DONE or NOTHING_TO_CHANGE, or IN_PROGRESS where the run was to go no further than
     *     started, and got there
     * @throws RunException otherwise; it carries this report
     */
    public Report orThrow() {
        return switch (verdict()) {
            case DONE, NOTHING_TO_CHANGE -> this;
            case IN_PROGRESS -> {
                if (milestone == Milestone.REPLICATING || !started()) {
                    throw toException();
                }

                yield this;
            }
            default -> throw toException();
        };
    }

    /**
     * Returns an exception that carries this report.
     *
     * @return the exception
     */
    public RunException toException() {
        return new RunException(this);
    }

    /**
     * Returns the report on one line.
     *
     * @return verdict, time and counts
     */
    public String summary() {
        return ReportText.summary(this);
    }

    /**
     * Returns the report as text for people: a line for each step, problems in full, tables, the summary.
     *
     * @return lines that end with a newline
     */
    public String text() {
        return ReportText.of(this);
    }

    /**
     * Returns the report as one HTML page that needs nothing else: steps, problems, tables and a timeline of steps, waits and calls.
     *
     * @return the page, in which every text is escaped
     */
    public String html() {
        return ReportHtml.of(this);
    }

    /** Returns the report on one line. */
    @Override
    public String toString() {
        return summary();
    }

    private boolean started() {
        return steps.stream().anyMatch(s -> s.key().equals(StepKey.START) && GOOD.contains(s.outcome()));
    }

    private boolean has(Outcome outcome) {
        return steps.stream().anyMatch(s -> s.outcome().equals(outcome));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
