package io.fabricmirror.core.internal.plan;

import io.fabricmirror.RotationPlan;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.run.Steps;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.step.OpeningsStep;
import io.fabricmirror.core.internal.step.OperatedServerStep;
import io.fabricmirror.core.internal.step.RotateConnectionStep;
import io.fabricmirror.core.internal.step.RotateRoleStep;
import io.fabricmirror.core.internal.step.RotateSecretStep;
import io.fabricmirror.core.internal.step.SharedRoleStep;
import io.fabricmirror.core.internal.step.StillRunningStep;
import io.fabricmirror.core.internal.step.StopStep;
import java.util.ArrayList;
import java.util.List;

/** Knows the steps of the plans that operate a mirror. */
final class OperatePlanner {
    private OperatePlanner() {}

    static Steps stop(MirrorScene scene) {
        return new SceneSteps(scene, List.of(new OperatedServerStep(scene), new StopStep(scene)));
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
}
