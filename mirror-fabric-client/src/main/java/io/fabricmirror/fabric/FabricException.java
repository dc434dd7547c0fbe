package io.fabricmirror.fabric;

import java.io.Serial;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that Fabric refused, or that could not be made. The message says what was asked, what came back and what to do; it never
 * contains a secret of the request.
 *
 * <p>Decide by {@link #errorCode()}, not by {@link #status()}: Fabric uses one status for many problems.
 */
public class FabricException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** The HTTP status, 0 if there was no answer. */
    private final int status;

    private final transient FabricError error;

    /**
     * Creates an exception; callers need this in their own tests only.
     *
     * @param message what was asked, what came back, what to do
     * @param status the HTTP status, 0 if there was no answer
     * @param error what the service or this client says
     * @param cause what was caught, or null
     */
    public FabricException(String message, int status, FabricError error, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.error = Objects.requireNonNull(error, "error");
    }

    /**
     * Returns the HTTP status.
     *
     * @return the status, 0 if there was no answer
     */
    public int status() {
        return status;
    }

    /**
     * Returns the error code.
     *
     * @return the service's code, or one of this client's own, which begin with {@code Client.}
     */
    public FabricErrorCode errorCode() {
        return error.code();
    }

    /**
     * Returns the error as reported.
     *
     * @return the error
     */
    public FabricError error() {
        return error;
    }

    /**
     * Returns the request to name to Microsoft support.
     *
     * @return the request id, or empty if there was none
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(error.requestId());
    }

    /**
     * Returns the errors behind this one.
     *
     * @return the details, often none
     */
    public List<FabricError.Detail> moreDetails() {
        return error.details();
    }

    /**
     * Tells whether the service says that the same request may succeed later.
     *
     * @return whether it may
     */
    public boolean retriable() {
        return error.retriable();
    }

    /**
     * Returns what a person can do about it.
     *
     * @return the remedy, or empty if none is known
     */
    public Optional<String> remedy() {
        return error.remedy();
    }
}
