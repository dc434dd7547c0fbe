package io.fabricmirror.testkit.internal.time;

import io.fabricmirror.spi.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * The clock of a local Azure: the real clock plus what was skipped. A pause skips at once, but while real work is in
 * flight (a restart, a snapshot, a stream that catches up) it waits for that work in real time, so that skipped time
 * never overtakes what really happens.
 */
public final class SkippedTime implements Pacer {
    private final List<BooleanSupplier> work = new CopyOnWriteArrayList<>();
    private Duration skipped = Duration.ZERO;

    @Override
    public synchronized Instant now() {
        return Instant.now().plus(skipped);
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a pause of " + duration);
        }

        Instant end = now().plus(duration);
        while (workInFlight() && now().isBefore(end)) {
            Waiting.slice();
        }
        skipTo(end);
    }

    /** Two threads that pause at the same time end at the same time, as they would with a real clock. */
    private synchronized void skipTo(Instant end) {
        Duration ahead = Duration.between(now(), end);
        if (!ahead.isNegative()) {
            skipped = skipped.plus(ahead);
        }
    }

    /** Moves the clock ahead at once, whatever is in flight. */
    public synchronized void jump(Duration duration) {
        skipped = skipped.plus(duration);
    }

    /** Adds something that may have real work in flight; asked often, so the answer has to be cheap. */
    public void watch(BooleanSupplier inFlight) {
        work.add(inFlight);
    }

    /** Removes what {@link #watch} added. */
    public void unwatch(BooleanSupplier inFlight) {
        work.remove(inFlight);
    }

    private boolean workInFlight() {
        return work.stream().anyMatch(BooleanSupplier::getAsBoolean);
    }
}
