package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.SystemClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

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
     * Waits, and knows why. Unless overridden it waits as any other time; override it to show what a call waits for.
     *
     * @param duration how long; zero and less return at once
     * @param reason why
     * @param what the call that waits, in words, without a secret
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    default void pause(Duration duration, Reason reason, String what) throws InterruptedException {
        pause(duration);
    }

    /**
     * Why the client waits. Open: later versions may have more reasons.
     *
     * @param value the reason, lower case
     */
    record Reason(String value) {
        /** Before a request is repeated. */
        public static final Reason RETRY = new Reason("retry");
        /** Until the requests a minute allow the next one. */
        public static final Reason BUDGET = new Reason("budget");
        /** Before a long operation is looked at again. */
        public static final Reason OPERATION = new Reason("operation");

        /**
         * Rejects a missing value.
         *
         * @param value must not be null
         */
        public Reason {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * Returns the clock of the system.
     *
     * @return the clock used unless another is set
     */
    static FabricClock system() {
        return SystemClock.INSTANCE;
    }
}
