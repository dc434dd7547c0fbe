package io.fabricmirror;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** What became of each plan of a fleet. Immutable. */
public final class FleetReport {
    /** From bad to good, as {@link Report#verdict} weighs outcomes. */
    private static final List<Verdict> WORST_FIRST = List.of(
            Verdict.FAILED,
            Verdict.UNCERTAIN,
            Verdict.ACTION_NEEDED,
            Verdict.IN_PROGRESS,
            Verdict.DONE,
            Verdict.NOTHING_TO_CHANGE);

    private final List<Report> reports;
    private final List<String> notStarted;
    private final Duration elapsed;

    private FleetReport(List<Report> reports, List<String> notStarted, Duration elapsed) {
        this.reports = List.copyOf(reports);
        this.notStarted = List.copyOf(notStarted);
        this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
    }

    /**
     * Returns a report of a fleet.
     *
     * @param reports a report for each plan that was started
     * @param notStarted the names of the plans that were not
     * @param elapsed how long it took, by the executor's clock
     * @return the report
     */
    public static FleetReport of(List<Report> reports, List<String> notStarted, Duration elapsed) {
        return new FleetReport(reports, notStarted, elapsed);
    }

    /**
     * Returns the reports.
     *
     * @return one for each plan that was started, in the order of the plans
     */
    public List<Report> reports() {
        return reports;
    }

    /**
     * Returns the report of one plan.
     *
     * @param planName the plan's name
     * @return its report
     * @throws IllegalArgumentException if no plan of that name was started
     */
    public Report report(String planName) {
        return reports.stream()
                .filter(report -> report.planName().equals(planName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no plan \"" + planName + "\" was started"));
    }

    /**
     * Returns the plans that were not started, because others failed, the executor was closed or the thread was interrupted.
     *
     * @return their names, in the order of the plans
     */
    public List<String> notStarted() {
        return notStarted;
    }

    /**
     * Returns how long the fleet took.
     *
     * @return the time by the executor's clock
     */
    public Duration elapsed() {
        return elapsed;
    }

    /**
     * Returns what the reports come to: the worst of their verdicts, and {@link Verdict#FAILED} if a plan was not started.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        if (!notStarted.isEmpty()) {
            return Verdict.FAILED;
        }

        return reports.stream()
                .map(Report::verdict)
                .min(Comparator.comparing(WORST_FIRST::indexOf))
                .orElse(Verdict.NOTHING_TO_CHANGE);
    }

    /**
     * Returns the report on one line.
     *
     * @return verdict, time and counts
     */
    public String summary() {
        String counts = Arrays.stream(Verdict.values())
                .filter(verdict -> count(verdict) > 0)
                .map(verdict -> count(verdict) + " " + words(verdict).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return "FLEET " + words(verdict()) + " in " + Report.seconds(elapsed) + ": " + counts
                + (notStarted.isEmpty() ? "" : ", " + notStarted.size() + " not started") + ".";
    }

    /**
     * Returns the report as text for people: a line for each plan, problems in full, the summary.
     *
     * @return lines that end with a newline
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        reports.forEach(report -> text.append(String.format("  %-30s %s%n", report.planName(), report.summary())));
        notStarted.forEach(name -> text.append(String.format("  %-30s not started%n", name)));
        reports.forEach(report -> report.steps()
                .forEach(step -> step.problem()
                        .ifPresent(p -> text.append('\n')
                                .append(report.planName())
                                .append(": ")
                                .append(p.text()))));
        return text.append('\n').append(summary()).append('\n').toString();
    }

    /** Returns the report on one line. */
    @Override
    public String toString() {
        return summary();
    }

    private long count(Verdict verdict) {
        return reports.stream()
                .filter(report -> report.verdict().equals(verdict))
                .count();
    }

    private static String words(Verdict verdict) {
        return verdict.name().replace('_', ' ');
    }
}
