package io.fabricmirror.core.internal.run;

import io.fabricmirror.FleetOptions;
import io.fabricmirror.FleetReport;
import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorListener;
import io.fabricmirror.Plan;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StepResult;
import java.util.List;

/** Runs plans on the caller's thread. Thread-safe: what belongs to a run is made for each run. */
public final class PlanExecutor implements MirrorExecutor {
    private final Planner planner;
    private final Ports ports;
    private final List<MirrorListener> listeners;
    private volatile boolean closed;

    /**
     * Returns an executor.
     *
     * @param planner knows the steps of every plan
     * @param ports how it reaches the world
     * @param listeners who hears of its runs
     */
    public PlanExecutor(Planner planner, Ports ports, List<MirrorListener> listeners) {
        this.planner = planner;
        this.ports = ports;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public Preview preview(Plan plan) {
        checkOpen();
        Run run = Run.preview(plan.name(), ports.pacer(), () -> closed);
        try (Steps steps = planner.steps(plan, ports, run)) {
            List<PreviewStep> looks = new StepLoop(run, steps.inOrder(), () -> false).look();
            return Preview.of(plan.name(), steps.subject(), looks, steps.tableFindings());
        }
    }

    @Override
    public Report apply(Plan plan, RunOptions options) {
        checkOpen();
        Run run = Run.apply(plan.name(), options, ports.pacer(), listeners, () -> closed);
        try (Steps steps = planner.steps(plan, ports, run)) {
            List<StepResult> results = new StepLoop(run, steps.inOrder(), steps::retakeLostTurn).perform();
            return Report.of(plan.name(), options.milestone(), results, steps.tableProgress(), run.elapsed());
        }
    }

    @Override
    public FleetReport applyAll(List<? extends Plan> plans, RunOptions options, FleetOptions fleet) {
        checkOpen();
        return new Fleet(plans, planner::changes, fleet, plan -> apply(plan, options), () -> closed, ports.pacer())
                .run();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void checkOpen() {
        if (closed) {
            throw new MirrorException(Problem.of("CLOSED", "this executor is closed")
                    .remedy("make one for the application and close it last"));
        }
    }
}
