package io.fabricmirror;

import java.util.List;
import java.util.Objects;

/** Thrown by {@link Report#orThrow()} when a run did not end as the plan wants it; carries the report. */
public final class RunException extends MirrorException {
    private static final long serialVersionUID = 1L;

    private final transient Report report;

    RunException(Report report) {
        super(problem(report));
        this.report = Objects.requireNonNull(report, "report");
    }

    /**
     * Returns the report.
     *
     * @return the report of the run
     */
    public Report report() {
        return report;
    }

    private static Problem problem(Report report) {
        List<Problem> problems =
                report.steps().stream().flatMap(s -> s.problem().stream()).toList();
        Problem first = problems.isEmpty() ? Problem.of(report.verdict().name(), report.summary()) : problems.get(0);
        return Problem.of(first.code(), report.planName() + ": " + report.summary() + " " + first.what())
                .seen(problems.isEmpty() ? report.summary() : problems.size() + " problems; the report has them all")
                .remedy(first.remedy().orElse("read report().text()"));
    }
}
