package io.fabricmirror.fabric;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Skipped time for a known number of threads: it stands still while one of them works. */
final class TogetherClock implements FabricClock {
    static final Instant START = Instant.parse("2026-01-29T08:43:07Z");

    private final PriorityQueue<Instant> wanted = new PriorityQueue<>();
    private int working;
    private Instant now = START;

    TogetherClock(int threads) {
        this.working = threads;
    }

    /** Says that a thread will not come back. */
    synchronized void leave() {
        working--;
        goOn();
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void pause(Duration duration) throws InterruptedException {
        Instant until = now.plus(duration);
        wanted.add(until);
        working--;
        goOn();
        while (now.isBefore(until)) {
            wait();
        }
    }

    private void goOn() {
        if (working > 0 || wanted.isEmpty()) {
            return;
        }
        now = wanted.peek();
        while (!wanted.isEmpty() && !wanted.peek().isAfter(now)) {
            wanted.remove();
            working++;
        }
        notifyAll();
    }
}
