package io.fabricmirror;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Root of what this library throws. Its message is one line: code, what, remedy; {@link #details()} tells more. Never extend it
 * outside the library's ports.
 */
public class MirrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * Returns an exception for a problem.
     *
     * @param problem what is wrong; without secrets
     * @param cause what brought it up, or null
     */
    public MirrorException(Problem problem, @Nullable Throwable cause) {
        super(Objects.requireNonNull(problem, "problem").line(), cause);
        this.problem = problem;
    }

    /**
     * Returns an exception for a problem without a cause.
     *
     * @param problem what is wrong; without secrets
     */
    public MirrorException(Problem problem) {
        this(problem, null);
    }

    /**
     * Returns what is wrong.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }

    /**
     * Returns the stable code of the problem.
     *
     * @return the code
     */
    public String code() {
        return problem.code();
    }

    /**
     * Returns the problem as a block: what, seen, cause, remedy.
     *
     * @return lines that end with a newline
     */
    public String details() {
        return problem.text();
    }
}
