package io.fabricmirror.core.internal.step;

import io.fabricmirror.PreviewStep;
import io.fabricmirror.StepKey;
import io.fabricmirror.core.internal.run.Step;

/** Opens nothing: a plan cannot ask for a temporary opening, so there is none to make or to end. */
public final class OpeningsStep extends Step<String> {
    /** Prepares the step. */
    public OpeningsStep() {
        super(StepKey.OPENINGS);
    }

    @Override
    protected String observe() {
        return "none asked for";
    }

    @Override
    protected PreviewStep compare(String seen) {
        return PreviewStep.satisfied(key(), seen);
    }
}
