package io.fabricmirror.core.internal.run;

import io.fabricmirror.StepKey;

/** Says that a fact cannot be known before an earlier step is true. The preview's word for it is "later". */
public final class NotKnownYet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the step that brings the fact.
     *
     * @param after the step
     */
    public NotKnownYet(StepKey after) {
        this("judged after step " + after);
    }

    /**
     * Says what keeps the fact from being known.
     *
     * @param reason the reason
     */
    public NotKnownYet(String reason) {
        super(reason, null, false, false);
    }
}
