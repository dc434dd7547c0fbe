package io.fabricmirror.core.internal.plan;

import io.fabricmirror.core.internal.run.Steps;
import io.fabricmirror.core.internal.scene.MirrorScene;
import io.fabricmirror.core.internal.step.OperatedServerStep;
import io.fabricmirror.core.internal.step.StopStep;
import java.util.List;

/** Knows the steps of the plans that operate a mirror. */
final class OperatePlanner {
    private OperatePlanner() {}

    static Steps stop(MirrorScene scene) {
        return new SceneSteps(scene, List.of(new OperatedServerStep(scene), new StopStep(scene)));
    }
}
