package io.fabricmirror.testkit.internal.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The only place of the testkit that sleeps in real time. */
public final class Waiting {
    private static final Duration SLICE = Duration.ofMillis(10);

    private Waiting() {}

    /** Sleeps the smallest useful while. */
    public static void slice() throws InterruptedException {
        real(SLICE);
    }

    /** Sleeps in real time. */
    public static void real(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }

    /** Waits in real time until the condition holds; false if the limit came first. */
    public static boolean until(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            slice();
        }
        return true;
    }
}
