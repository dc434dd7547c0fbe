package io.fabricmirror;

import java.time.Duration;
import java.util.Objects;

/**
 * Something a run tells while it works. Immutable. Holds no secret.
 *
 * @param kind what happened
 * @param planName the plan's name
 * @param step the step it happened in
 * @param message what to show, on one line
 * @param elapsed since the run began, by the run's own clock
 */
public record MirrorEvent(Kind kind, String planName, StepKey step, String message, Duration elapsed) {
    /**
     * What happened. Open: later versions have more kinds.
     *
     * @param value the kind, lower case
     */
    public record Kind(String value) {
        /** A step begins. */
        public static final Kind STEP_STARTED = new Kind("step-started");
        /** A change was made. */
        public static final Kind CHANGED = new Kind("changed");
        /** A step waits for a service; the message says what it last saw. */
        public static final Kind WAITING = new Kind("waiting");
        /** A step has ended; the message starts with its outcome. */
        public static final Kind STEP_ENDED = new Kind("step-ended");

        /**
         * Rejects a missing value.
         *
         * @param value must not be null
         */
        public Kind {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * Rejects missing values.
     *
     * @param kind must not be null
     * @param planName must not be null
     * @param step must not be null
     * @param message must not be null
     * @param elapsed must not be null
     */
    public MirrorEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(planName, "planName");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(elapsed, "elapsed");
    }
}
