package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.SystemClock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells the time and waits; the client does neither elsewhere. Implementations are thread-safe.
 */
public interface FabricClock {
    /**
     * Returns the present moment.
     *
     * @return the present moment
     */
    Instant now();

    /**
     * Waits.
     *
     * @param duration how long; zero and less return at once
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    void pause(Duration duration) throws InterruptedException;

    /**
     * Returns the clock of the system.
     *
     * @return the clock used unless another is set
     */
    static FabricClock system() {
        return SystemClock.INSTANCE;
    }
}
