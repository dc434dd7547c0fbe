package io.fabricmirror.testkit.internal.time;

import java.time.Instant;

/** The only place of the testkit that reads the real clock: for what cannot be skipped, such as a token's end. */
public final class RealTime {
    private RealTime() {}

    /** Returns the real moment. */
    public static Instant now() {
        return Instant.now();
    }

    /** Returns real nanoseconds since some moment, to measure spans. */
    public static long nanos() {
        return System.nanoTime();
    }
}
