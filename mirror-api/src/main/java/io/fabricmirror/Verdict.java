package io.fabricmirror;

/** What a run comes to. Keep a default branch: a later version may add verdicts. */
public enum Verdict {
    /** Everything is as the plan wants it; something was changed. */
    DONE(0),
    /** Everything was as the plan wants it already. */
    NOTHING_TO_CHANGE(0),
    /** Nothing is wrong; the service is still working. Apply again to go on. */
    IN_PROGRESS(3),
    /** Somebody has to act; the report says who and how. */
    ACTION_NEEDED(4),
    /** A step failed. */
    FAILED(1),
    /** A change was sent and its answer was lost. Apply again to find out. */
    UNCERTAIN(5);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    /**
     * Returns the exit code for a program that ends with this verdict.
     *
     * @return 0 for the first two, another number for each of the others
     */
    public int exitCode() {
        return exitCode;
    }
}
