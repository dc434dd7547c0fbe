package io.fabricmirror.core.internal.plan;

import io.fabricmirror.Drift;
import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.MirrorStatus;
import io.fabricmirror.Plan;
import io.fabricmirror.Problem;
import io.fabricmirror.RemovalPlan;
import io.fabricmirror.ResyncPlan;
import io.fabricmirror.RotationPlan;
import io.fabricmirror.StopPlan;
import io.fabricmirror.SweepPlan;
import io.fabricmirror.core.internal.look.DriftReader;
import io.fabricmirror.core.internal.look.StatusReader;
import io.fabricmirror.core.internal.rules.Rules;
import io.fabricmirror.core.internal.run.Planner;
import io.fabricmirror.core.internal.run.Ports;
import io.fabricmirror.core.internal.run.Run;
import io.fabricmirror.core.internal.run.Steps;
import io.fabricmirror.core.internal.scene.MirrorScene;
import java.util.List;

/** Knows the steps of every kind of plan. */
public final class Planners implements Planner {
    private final Rules rules;

    /**
     * Returns the planners.
     *
     * @param rules the service's rules
     */
    public Planners(Rules rules) {
        this.rules = rules;
    }

    @Override
    public Steps steps(Plan plan, Ports ports, Run run) {
        if (plan instanceof MirrorPlan mirror) {
            return MirrorPlanner.mirror(new MirrorScene(mirror, ports, run, rules));
        } else if (plan instanceof ResyncPlan resync) {
            return MirrorPlanner.resync(new MirrorScene(resync.mirror(), ports, run, rules), resync);
        } else if (plan instanceof StopPlan stop) {
            return OperatePlanner.stop(new MirrorScene(stop.mirror(), ports, run, rules));
        } else if (plan instanceof SweepPlan sweep) {
            return OperatePlanner.sweep(new MirrorScene(sweep.mirror(), ports, run, rules));
        } else if (plan instanceof RemovalPlan removal) {
            return OperatePlanner.removal(new MirrorScene(removal.mirror(), ports, run, rules), removal);
        } else if (plan instanceof RotationPlan rotation) {
            return OperatePlanner.rotation(new MirrorScene(mirror(plan), ports, run, rules), rotation);
        }

        throw unknown(plan);
    }

    @Override
    public List<Problem> fights(List<? extends Plan> plans) {
        return PlanFights.among(plans.stream()
                .filter(MirrorPlan.class::isInstance)
                .map(MirrorPlan.class::cast)
                .toList());
    }

    @Override
    public MirrorStatus status(MirrorPlan plan, Ports ports, Run run) {
        try (MirrorScene scene = new MirrorScene(plan, ports, run, rules)) {
            return new StatusReader(scene).read();
        }
    }

    @Override
    public Drift drift(MirrorPlan plan, Ports ports, Run run) {
        try (MirrorScene scene = new MirrorScene(plan, ports, run, rules)) {
            return new DriftReader(scene).read();
        }
    }

    @Override
    public String changes(Plan plan) {
        return mirror(plan).server().toString();
    }

    /** Returns the mirror that a plan is about, or one of them: they are on one server. */
    private static MirrorPlan mirror(Plan plan) {
        if (plan instanceof MirrorPlan mirror) {
            return mirror;
        } else if (plan instanceof ResyncPlan resync) {
            return resync.mirror();
        } else if (plan instanceof StopPlan stop) {
            return stop.mirror();
        } else if (plan instanceof SweepPlan sweep) {
            return sweep.mirror();
        } else if (plan instanceof RemovalPlan removal) {
            return removal.mirror();
        } else if (plan instanceof RotationPlan rotation) {
            return rotation.mirrors().get(0);
        }

        throw unknown(plan);
    }

    private static MirrorException unknown(Plan plan) {
        return new MirrorException(
                Problem.of("PLAN_UNKNOWN", "this executor does not know plans of " + plan.getClass()));
    }
}
