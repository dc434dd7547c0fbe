package io.fabricmirror.core.internal.reach;

import io.fabricmirror.Problem;
import java.util.Optional;

/**
 * Whether a way is open.
 *
 * @param answer the answer
 * @param reason why, with what shows it, in a few words
 * @param problem what stands in the way and the way out, if the answer is closed
 */
public record Verdict(Answer answer, String reason, Optional<Problem> problem) {
    /** The answers. */
    public enum Answer {
        /** It is open. */
        OPEN,
        /** It opens with what the plan admits. */
        OPENS_WITH_RULE,
        /** It is closed until somebody supplies what the problem names. */
        CLOSED,
        /** Nothing that can be seen tells. */
        NOT_VISIBLE
    }

    static Verdict open(String reason) {
        return new Verdict(Answer.OPEN, reason, Optional.empty());
    }

    static Verdict closed(Problem problem) {
        return new Verdict(Answer.CLOSED, problem.what(), Optional.of(problem));
    }
}
