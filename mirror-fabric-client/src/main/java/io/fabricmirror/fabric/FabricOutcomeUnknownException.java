package io.fabricmirror.fabric;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A change was sent and no answer, or no usable answer, came: it may have happened. Look before sending it again.
 */
public final class FabricOutcomeUnknownException extends FabricException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception; callers need this in their own tests only.
     *
     * @param message what was asked and what came back
     * @param status the HTTP status, 0 if there was no answer
     * @param error what the service or this client says
     * @param cause what was caught, or null
     */
    public FabricOutcomeUnknownException(String message, int status, FabricError error, @Nullable Throwable cause) {
        super(message, status, error, cause);
    }
}
