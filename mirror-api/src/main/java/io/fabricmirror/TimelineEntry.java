package io.fabricmirror;

import java.time.Duration;
import java.util.Objects;

/**
 * One stretch of a run's time: a step, or a call or a wait within one. Immutable. Holds no secret.
 *
 * @param kind what the time went to
 * @param step the step it belongs to
 * @param what what was done or waited for, on one line
 * @param start when it began, since the run began
 * @param took how long it took
 * @param result the outcome of a step, the code of a call that did not succeed; else empty text
 */
public record TimelineEntry(Kind kind, StepKey step, String what, Duration start, Duration took, String result) {
    /**
     * What the time went to. Open: later versions have more kinds.
     *
     * @param value the kind, lower case
     */
    public record Kind(String value) {
        /** A step, from its beginning to its end. */
        public static final Kind STEP = new Kind("step");
        /** A call of Azure, a vault, PostgreSQL or Fabric, its retries included. */
        public static final Kind CALL = new Kind("call");
        /** A wait for a service. */
        public static final Kind WAIT = new Kind("wait");
        /** A pause before a call was repeated, or until the budget of requests allowed it. */
        public static final Kind PAUSE = new Kind("pause");

        /**
         * Rejects a missing value.
         *
         * @param value must not be null
         */
        public Kind {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /**
     * Rejects missing values.
     *
     * @param kind must not be null
     * @param step must not be null
     * @param what must not be null
     * @param start must not be null
     * @param took must not be null
     * @param result must not be null
     */
    public TimelineEntry {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(result, "result");
    }
}
