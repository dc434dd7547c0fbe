package io.fabricmirror.fabric;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a workspace is connected to Git.
 *
 * @param state how far
 * @param repository to what, or null if to nothing
 * @param head the commit the workspace is equal to; empty text if none
 * @param lastSync when it was brought to that commit, or null
 */
public record GitConnection(
        GitConnectionState state,
        @Nullable GitRepository repository,
        String head,
        @Nullable Instant lastSync) {
    /**
     * Rejects missing values.
     *
     * @param state must not be null
     * @param repository to what, or null
     * @param head must not be null
     * @param lastSync when, or null
     */
    public GitConnection {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(head, "head");
    }
}
