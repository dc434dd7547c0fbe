package io.fabricmirror.testkit.internal.http;

/** Leaves a handler with the answer that refuses the request. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    /** Refuses with the answer. */
    public Refusal(Answer answer) {
        super("refused with status " + answer.status(), null, false, false);
        this.answer = answer;
    }

    /** Returns the answer to give. */
    public Answer answer() {
        return answer;
    }
}
