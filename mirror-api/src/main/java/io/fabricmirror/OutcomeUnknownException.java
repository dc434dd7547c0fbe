package io.fabricmirror;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a port when a change was sent and its answer did not come. The change may have been made: look before repeating it.
 */
public final class OutcomeUnknownException extends MirrorException {
    private static final long serialVersionUID = 1L;

    /**
     * Returns an exception for a change without an answer.
     *
     * @param change the change in words, without secrets
     * @param cause what kept the answer
     */
    public OutcomeUnknownException(String change, @Nullable Throwable cause) {
        super(
                Problem.of("OUTCOME_UNKNOWN", "no answer to: " + change + "; it may have been made")
                        .remedy("apply again: it looks first and does not repeat what was made"),
                cause);
    }
}
