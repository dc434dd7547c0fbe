package io.fabricmirror.core.internal.run;

import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorListener;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Plan;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StepResult;
import io.fabricmirror.core.internal.plan.MirrorPlanner;
import java.util.List;

/** Runs plans on the caller's thread. Thread-safe: what belongs to a run is made for each run. */
public final class PlanExecutor implements MirrorExecutor {
    private final Ports ports;
    private final List<MirrorListener> listeners;
    private volatile boolean closed;

    /**
     * Returns an executor.
     *
     * @param ports how it reaches the world
     * @param listeners who hears of its runs
     */
    public PlanExecutor(Ports ports, List<MirrorListener> listeners) {
        this.ports = ports;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public Preview preview(Plan plan) {
        MirrorPlan mirror = known(plan);
        Run run = Run.preview(plan.name(), ports.pacer(), () -> closed);
        try (MirrorPlanner planner = new MirrorPlanner(mirror, ports, run)) {
            List<PreviewStep> looks = new StepLoop(run, planner.steps(), () -> false).look();
            return Preview.of(plan.name(), planner.subject(), looks, planner.tableFindings());
        }
    }

    @Override
    public Report apply(Plan plan, RunOptions options) {
        MirrorPlan mirror = known(plan);
        Run run = Run.apply(plan.name(), options, ports.pacer(), listeners, () -> closed);
        try (MirrorPlanner planner = new MirrorPlanner(mirror, ports, run)) {
            List<StepResult> results = new StepLoop(run, planner.steps(), planner::retakeLostTurn).perform();
            return Report.of(plan.name(), options.milestone(), results, planner.tableProgress(), run.elapsed());
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private MirrorPlan known(Plan plan) {
        if (closed) {
            throw new MirrorException(Problem.of("CLOSED", "this executor is closed")
                    .remedy("make one for the application and close it last"));
        }
        if (plan instanceof MirrorPlan mirror) {
            return mirror;
        }

        throw new MirrorException(
                Problem.of("PLAN_UNKNOWN", "this executor does not know plans of " + plan.getClass()));
    }
}
