package io.fabricmirror.core.internal.plan;

import io.fabricmirror.RemovalPlan;
import io.fabricmirror.RemovalPlan.Part;
import io.fabricmirror.RotationPlan;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.run.Steps;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.step.OpeningsStep;
import io.fabricmirror.core.internal.step.OperatedServerStep;
import io.fabricmirror.core.internal.step.ReleasedStep;
import io.fabricmirror.core.internal.step.RemoveConnectionStep;
import io.fabricmirror.core.internal.step.RemoveItemStep;
import io.fabricmirror.core.internal.step.RemoveParameterStep;
import io.fabricmirror.core.internal.step.RemoveRoleStep;
import io.fabricmirror.core.internal.step.RemoveWorkspaceRoleStep;
import io.fabricmirror.core.internal.step.RestoreOwnersStep;
import io.fabricmirror.core.internal.step.RotateConnectionStep;
import io.fabricmirror.core.internal.step.RotateRoleStep;
import io.fabricmirror.core.internal.step.RotateSecretStep;
import io.fabricmirror.core.internal.step.SharedRoleStep;
import io.fabricmirror.core.internal.step.StillRunningStep;
import io.fabricmirror.core.internal.step.StopStep;
import io.fabricmirror.core.internal.step.SweepConnectionsStep;
import io.fabricmirror.core.internal.step.SweepSourceStep;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Knows the steps of the plans that operate a mirror. */
final class OperatePlanner {
    private OperatePlanner() {}

    static Steps stop(MirrorScene scene) {
        return owned(scene, List.of(new OperatedServerStep(scene), new StopStep(scene)));
    }

    /** Every run that looks at openings ends those that are overdue. */
    static Steps sweep(MirrorScene scene) {
        return owned(
                scene,
                List.of(
                        new OperatedServerStep(scene),
                        new OpeningsStep(scene),
                        new SweepSourceStep(scene),
                        new SweepConnectionsStep(scene)));
    }

    /** In the order in which one needs the other: owners are given back before their role goes. */
    static Steps removal(MirrorScene scene, RemovalPlan plan) {
        List<Step<?>> steps = new ArrayList<>(List.of(
                new OperatedServerStep(scene),
                new OpeningsStep(scene),
                new RemoveItemStep(scene),
                new ReleasedStep(scene)));
        List<StepKey> freeing = new ArrayList<>(List.of(StepKey.MIRROR, StepKey.RELEASED));
        if (plan.parts().contains(Part.CONNECTION)) {
            freeing.add(StepKey.CONNECTION);
        }
        if (plan.parts().contains(Part.OWNERS)) {
            freeing.add(StepKey.TABLES);
        }
        Map<Part, Step<?>> parts = new EnumMap<>(Map.of(
                Part.CONNECTION, new RemoveConnectionStep(scene),
                Part.OWNERS, new RestoreOwnersStep(scene),
                Part.ROLE, new RemoveRoleStep(scene, freeing),
                Part.PARAMETERS, new RemoveParameterStep(scene),
                Part.WORKSPACE_ROLE, new RemoveWorkspaceRoleStep(scene)));
        parts.forEach((part, step) -> {
            if (plan.parts().contains(part)) {
                steps.add(step);
            }
        });
        return owned(scene, steps);
    }

    /** The secret comes first, so that the newest version is what every run brings the rest to, however often it is ended. */
    static Steps rotation(MirrorScene scene, RotationPlan plan) {
        List<Step<?>> steps = new ArrayList<>(List.of(
                new OperatedServerStep(scene),
                new OpeningsStep(scene),
                new SharedRoleStep(scene, plan),
                new RotateSecretStep(scene, plan),
                new RotateRoleStep(scene)));
        plan.mirrors().forEach(mirror -> steps.add(new RotateConnectionStep(scene, mirror)));
        steps.add(new StillRunningStep(scene, plan.mirrors()));
        return new SceneSteps(
                scene,
                "role " + scene.roleName() + ", used by " + plan.mirrors().size() + " mirrors",
                steps);
    }

    private static Steps owned(MirrorScene scene, List<Step<?>> steps) {
        return new SceneSteps(
                scene,
                steps.stream()
                        .<Step<?>>map(step -> MirrorPlanner.leftToItsOwner(scene, step))
                        .toList());
    }
}
