package io.fabricmirror.core.internal.step;

import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;
import io.fabricmirror.core.internal.scene.MirrorScene;

/**
 * Reads server, database and workspace for a plan that operates a mirror. What only a new mirror needs is not asked for: a mirror must
 * be stopped and removed also where none could be made.
 */
public final class OperatedServerStep extends Step<ServerStep.Seen> {
    private final ServerStep facts;

    /** Prepares the step. */
    public OperatedServerStep(MirrorScene scene) {
        super(StepKey.SERVER);
        this.facts = new ServerStep(scene);
    }

    @Override
    protected ServerStep.Seen observe() {
        return facts.observe();
    }

    @Override
    protected PreviewStep compare(ServerStep.Seen seen) {
        return PreviewStep.satisfied(
                key(),
                seen.server().id().name() + " is " + seen.server().state()
                        + seen.workspace().map(w -> "; workspace " + w.name()).orElse(""));
    }
}
