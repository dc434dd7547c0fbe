package io.fabricmirror.spi;

import io.fabricmirror.MirrorException;
import io.fabricmirror.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says that a vault or a server answers, and that its network rules do not admit this host. */
public final class NetworkClosedException extends MirrorException {
    private static final long serialVersionUID = 1L;

    /** Null if the refusal did not name it. */
    private final @Nullable String callersAddress;

    /**
     * Makes an exception.
     *
     * @param problem what is closed
     * @param callersAddress the address of this host as the other side saw it, if it said so
     * @param cause what a library threw
     */
    public NetworkClosedException(Problem problem, Optional<String> callersAddress, Throwable cause) {
        super(problem, cause);
        this.callersAddress = callersAddress.orElse(null);
    }

    /**
     * Returns the address of this host as the other side saw it.
     *
     * @return the address, if the refusal named it
     */
    public Optional<String> callersAddress() {
        return Optional.ofNullable(callersAddress);
    }
}
