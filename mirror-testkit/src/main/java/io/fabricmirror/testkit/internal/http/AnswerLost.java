package io.fabricmirror.testkit.internal.http;

/** The caller gets no answer: the connection breaks, whether or not the change was made. */
public final class AnswerLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Loses the answer. */
    public AnswerLost() {
        super("answer lost", null, false, false);
    }
}
