package io.fabricmirror.core.internal.run;

import io.fabricmirror.ApprovedPreview;
import io.fabricmirror.Consent;
import io.fabricmirror.Drift;
import io.fabricmirror.FleetOptions;
import io.fabricmirror.FleetReport;
import io.fabricmirror.MirrorEvent;
import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorExecutor;
import io.fabricmirror.MirrorListener;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.MirrorStatus;
import io.fabricmirror.Plan;
import io.fabricmirror.Preview;
import io.fabricmirror.PreviewStep;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.RunOptions;
import io.fabricmirror.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs plans on the caller's thread. Thread-safe: what belongs to a run is made for each run. */
public final class PlanExecutor implements MirrorExecutor {
    private static final Duration WATCH_EVERY = Duration.ofSeconds(30);

    private final Planner planner;
    private final Ports ports;
    private final List<MirrorListener> listeners;
    private final Set<Consent> ceiling;
    private volatile boolean closed;

    /**
     * Returns an executor.
     *
     * @param planner knows the steps of every plan
     * @param ports how it reaches the world
     * @param listeners who hears of its runs
     * @param ceiling what its runs may do at most, whatever they agree to
     */
    public PlanExecutor(Planner planner, Ports ports, List<MirrorListener> listeners, Set<Consent> ceiling) {
        this.planner = planner;
        this.ports = ports;
        this.listeners = List.copyOf(listeners);
        this.ceiling = Set.copyOf(ceiling);
    }

    @Override
    public Preview preview(Plan plan) {
        checkOpen();
        Run run = Run.preview(plan.name(), ports.pacer(), () -> closed).under(ceiling);
        try (Steps steps = planner.steps(plan, HeardPorts.of(ports, run), run)) {
            List<PreviewStep> looks = new StepLoop(run, steps.inOrder(), () -> false).look();
            return Preview.of(plan, ports.pacer().now(), steps.subject(), looks, steps.tableFindings())
                    .permissions(steps.permissions())
                    .sql(steps.sql(looks));
        }
    }

    @Override
    public Report apply(Plan plan, RunOptions options) {
        return apply(plan, options, null);
    }

    @Override
    public Report apply(ApprovedPreview approved, RunOptions options) {
        Approved bounds = new Approved(approved);
        if (!options.consents().isEmpty()) {
            throw new MirrorException(Problem.of(
                            "CONSENT_TWICE",
                            "an approved preview is applied with further consents " + options.consents())
                    .remedy("give consents to the approval, so that they are bound to what was shown"));
        } else if (bounds.ended(ports.pacer().now())) {
            throw new MirrorException(bounds.ended());
        }

        RunOptions agreed = options.consent(approved.approval().consents().toArray(Consent[]::new));
        return apply(approved.preview().plan(), agreed, bounds);
    }

    private Report apply(Plan plan, RunOptions options, @Nullable Approved approved) {
        checkOpen();
        Run run = Run.apply(plan.name(), options, ports.pacer(), listeners, () -> closed, approved)
                .under(ceiling);
        try (Steps steps = planner.steps(plan, HeardPorts.of(ports, run), run)) {
            run.tell(MirrorEvent.Kind.RUN_STARTED, steps.subject());
            List<StepResult> results = new StepLoop(run, steps.inOrder(), steps::retakeLostTurn).perform(looks -> {
                if (approved != null) {
                    approved.refuseIfMoved(looks, steps.tableFindings());
                }
            });
            Report report = Report.of(plan.name(), options.milestone(), results, steps.tableProgress(), run.elapsed())
                    .run(run.facts().made(steps.made()));
            run.tell(MirrorEvent.Kind.RUN_ENDED, report.summary());
            return report;
        }
    }

    @Override
    public FleetReport applyAll(List<? extends Plan> plans, RunOptions options, FleetOptions fleet) {
        checkOpen();
        planner.fights(plans).stream().findFirst().ifPresent(fight -> {
            throw new MirrorException(fight);
        });
        return new Fleet(plans, planner::changes, fleet, plan -> apply(plan, options), () -> closed, ports.pacer())
                .run();
    }

    @Override
    public MirrorStatus status(MirrorPlan plan) {
        return statusAll(List.of(plan)).get(0);
    }

    @Override
    public List<MirrorStatus> statusAll(List<MirrorPlan> plans) {
        checkOpen();
        Ports once = OneLook.of(ports);
        return plans.stream()
                .map(plan -> planner.status(plan, once, Run.preview(plan.name(), ports.pacer(), () -> closed)))
                .toList();
    }

    @Override
    public MirrorStatus watch(MirrorPlan plan, Predicate<MirrorStatus> condition, Duration limit) {
        Instant end = ports.pacer().now().plus(limit);
        while (true) {
            MirrorStatus status = status(plan);
            Duration left = Duration.between(ports.pacer().now(), end);
            if (condition.test(status) || left.isNegative() || left.isZero()) {
                return status;
            }

            try {
                ports.pacer().pause(left.compareTo(WATCH_EVERY) < 0 ? left : WATCH_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return status;
            }
        }
    }

    @Override
    public Drift drift(MirrorPlan plan) {
        checkOpen();
        return planner.drift(plan, ports, Run.preview(plan.name(), ports.pacer(), () -> closed));
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
