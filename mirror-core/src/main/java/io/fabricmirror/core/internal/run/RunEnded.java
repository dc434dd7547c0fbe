package io.fabricmirror.core.internal.run;

import io.fabricmirror.Outcome;
import io.fabricmirror.Problem;

/** Ends the present step, and with it the run, without anything being wrong: time is over, or the caller wants it to end. */
final class RunEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Outcome outcome;
    private final transient Problem problem;

    RunEnded(Outcome outcome, Problem problem) {
        super(problem.line(), null, false, false);
        this.outcome = outcome;
        this.problem = problem;
    }

    Outcome outcome() {
        return outcome;
    }

    Problem problem() {
        return problem;
    }
}
