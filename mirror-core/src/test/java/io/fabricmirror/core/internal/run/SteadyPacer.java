package io.fabricmirror.core.internal.run;

import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;

/** Time that only waiting moves. */
final class SteadyPacer implements Pacer {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now = now.plus(duration);
    }
}
