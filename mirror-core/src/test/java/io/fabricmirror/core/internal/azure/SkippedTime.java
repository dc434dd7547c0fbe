package io.fabricmirror.core.internal.azure;

import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody waits. */
class SkippedTime implements Pacer {
    static final Instant START = Instant.parse("2026-10-12T09:00:00Z");

    final List<Duration> pauses = new ArrayList<>();
    private Instant now = START;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        pauses.add(duration);
        now = now.plus(duration);
    }

    Duration passed() {
        return Duration.between(START, now);
    }
}
