package io.fabricmirror.fabric;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a mirrored database is.
 *
 * @param state its state
 * @param error what is wrong, or null
 */
public record MirroringStatus(
        MirroringState state, @Nullable FabricError error) {
    /**
     * Rejects a missing state.
     *
     * @param state must not be null
     * @param error what is wrong, or null
     */
    public MirroringStatus {
        Objects.requireNonNull(state, "state");
    }
}
