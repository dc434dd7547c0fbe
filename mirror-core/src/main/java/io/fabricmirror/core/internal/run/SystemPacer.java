package io.fabricmirror.core.internal.run;

import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;

/** Tells and waits real time. The only class of this module that sleeps or reads the clock. Thread-safe. */
public enum SystemPacer implements Pacer {
    /** The only one. */
    INSTANCE;

    /** Returns the system's time. */
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!duration.isNegative() && !duration.isZero()) {
            Thread.sleep(duration.toMillis());
        }
    }
}
