package io.fabricmirror.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells the time and waits; the only place where the library does either. Implementations are thread-safe.
 *
 * <p>The real one is the system clock. The test kit's stands still while there is work in flight and skips the rest.
 */
public interface Pacer {
    /**
     * Returns the present moment.
     *
     * @return the present moment, by this pacer's clock
     */
    Instant now();

    /**
     * Waits.
     *
     * @param duration how long; zero and less return at once
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    void pause(Duration duration) throws InterruptedException;
}
