package io.fabricmirror.core.internal.plan;

import io.fabricmirror.ResyncPlan;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.run.Steps;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.step.ConnectionStep;
import io.fabricmirror.core.internal.step.CredentialStep;
import io.fabricmirror.core.internal.step.IdentityStep;
import io.fabricmirror.core.internal.step.MirrorStep;
import io.fabricmirror.core.internal.step.OpeningsStep;
import io.fabricmirror.core.internal.step.ParametersStep;
import io.fabricmirror.core.internal.step.ReachabilityStep;
import io.fabricmirror.core.internal.step.ReadinessStep;
import io.fabricmirror.core.internal.step.ResyncStep;
import io.fabricmirror.core.internal.step.RoleStep;
import io.fabricmirror.core.internal.step.ServerStep;
import io.fabricmirror.core.internal.step.StartStep;
import io.fabricmirror.core.internal.step.TablesStep;
import io.fabricmirror.core.internal.step.VerifiedStep;
import io.fabricmirror.core.internal.step.WorkspaceRoleStep;
import java.util.ArrayList;
import java.util.List;

/** Knows the steps of a mirror, and of a mirror whose tables are to be copied anew. */
final class MirrorPlanner {
    private MirrorPlanner() {}

    static Steps mirror(MirrorScene scene) {
        return new SceneSteps(scene, steps(scene));
    }

    /** What makes a mirror also makes it anew, once nothing is left of the former copy. */
    static Steps resync(MirrorScene scene, ResyncPlan plan) {
        List<Step<?>> steps = new ArrayList<>(steps(scene));
        int mirror = 0;
        while (!steps.get(mirror).key().equals(StepKey.MIRROR)) {
            mirror++;
        }
        steps.add(mirror, new ResyncStep(scene, plan));
        return new SceneSteps(scene, steps);
    }

    /** Ownership comes after the connection is proved, because it is the change an application feels. */
    private static List<Step<?>> steps(MirrorScene scene) {
        return List.of(
                new ServerStep(scene),
                new ReachabilityStep(scene),
                new OpeningsStep(scene),
                new IdentityStep(scene),
                new ParametersStep(scene),
                new CredentialStep(scene),
                new RoleStep(scene),
                new WorkspaceRoleStep(scene),
                new ConnectionStep(scene),
                new TablesStep(scene),
                new ReadinessStep(scene),
                new MirrorStep(scene),
                new StartStep(scene),
                new VerifiedStep(scene));
    }
}
