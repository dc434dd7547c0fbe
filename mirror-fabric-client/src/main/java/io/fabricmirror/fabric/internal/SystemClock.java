package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.FabricClock;
import java.time.Duration;
import java.time.Instant;

/** The clock of the system; the one class of this module that sleeps. */
public enum SystemClock implements FabricClock {
    /** The only one. */
    INSTANCE;

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (duration.isNegative() || duration.isZero()) {
            return;
        }
        Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
    }
}
