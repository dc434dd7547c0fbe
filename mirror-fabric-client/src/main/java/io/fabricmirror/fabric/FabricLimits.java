package io.fabricmirror.fabric;

import java.time.Duration;
import java.util.Objects;

/**
 * How often and how long the client tries. Immutable.
 */
public final class FabricLimits {
    private final int attempts;
    private final Duration firstDelay;
    private final Duration longestDelay;
    private final Duration answer;
    private final Duration call;
    private final Duration operation;
    private final Duration heldName;

    private FabricLimits(Builder builder) {
        this.attempts = builder.attempts;
        this.firstDelay = builder.firstDelay;
        this.longestDelay = builder.longestDelay;
        this.answer = builder.answer;
        this.call = builder.call;
        this.operation = builder.operation;
        this.heldName = builder.heldName;
    }

    /**
     * Returns the limits used unless others are set.
     *
     * @return the default of every setter of {@link Builder}
     */
    public static FabricLimits defaults() {
        return builder().build();
    }

    /**
     * Creates a builder with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Creates a builder with these limits.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder()
                .attempts(attempts)
                .firstDelay(firstDelay)
                .longestDelay(longestDelay)
                .answer(answer)
                .call(call)
                .operation(operation)
                .heldName(heldName);
    }

    /**
     * Returns how often a request is sent at most.
     *
     * @return the number of attempts, the first included
     */
    public int attempts() {
        return attempts;
    }

    /**
     * Returns the wait before the second attempt.
     *
     * @return the wait; it doubles with each attempt
     */
    public Duration firstDelay() {
        return firstDelay;
    }

    /**
     * Returns the longest single wait.
     *
     * @return the longest wait
     */
    public Duration longestDelay() {
        return longestDelay;
    }

    /**
     * Returns how long one attempt may wait for its answer.
     *
     * @return the limit of one attempt
     */
    public Duration answer() {
        return answer;
    }

    /**
     * Returns how long one call may take, with all attempts and waits.
     *
     * @return the limit of one call
     */
    public Duration call() {
        return call;
    }

    /**
     * Returns how long a long-running operation is followed.
     *
     * @return the limit of one operation
     */
    public Duration operation() {
        return operation;
    }

    /**
     * Returns how long a name that Fabric holds after a delete is waited for.
     *
     * @return the limit of that wait
     */
    public Duration heldName() {
        return heldName;
    }

    /** Collects limits. Not thread-safe. */
    public static final class Builder {
        private int attempts = 8;
        private Duration firstDelay = Duration.ofSeconds(1);
        private Duration longestDelay = Duration.ofMinutes(1);
        private Duration answer = Duration.ofMinutes(2);
        private Duration call = Duration.ofMinutes(5);
        private Duration operation = Duration.ofMinutes(30);
        private Duration heldName = Duration.ofMinutes(10);

        private Builder() {}

        /**
         * Sets how often a request is sent at most; 8 unless set, 1 for never again.
         *
         * @param attempts the number of attempts, the first included
         * @return this
         */
        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        /**
         * Sets the wait before the second attempt; 1 s unless set. It doubles with each attempt and varies by half.
         *
         * @param firstDelay the wait
         * @return this
         */
        public Builder firstDelay(Duration firstDelay) {
            this.firstDelay = Objects.requireNonNull(firstDelay, "firstDelay");
            return this;
        }

        /**
         * Sets the longest single wait, also for a {@code Retry-After} of the service; 1 min unless set, which is the
         * longest the service has been seen to ask for.
         *
         * @param longestDelay the longest wait
         * @return this
         */
        public Builder longestDelay(Duration longestDelay) {
            this.longestDelay = Objects.requireNonNull(longestDelay, "longestDelay");
            return this;
        }

        /**
         * Sets how long one attempt may wait for its answer; 2 min unless set. Creating a connection tests it before it answers.
         * Real time, whatever the clock.
         *
         * @param answer the limit of one attempt
         * @return this
         */
        public Builder answer(Duration answer) {
            this.answer = Objects.requireNonNull(answer, "answer");
            return this;
        }

        /**
         * Sets how long one call may take, with all attempts and waits; 5 min unless set. Each page of a list is a call.
         *
         * @param call the limit of one call
         * @return this
         */
        public Builder call(Duration call) {
            this.call = Objects.requireNonNull(call, "call");
            return this;
        }

        /**
         * Sets how long a long-running operation is followed; 30 min unless set.
         *
         * @param operation the limit of one operation
         * @return this
         */
        public Builder operation(Duration operation) {
            this.operation = Objects.requireNonNull(operation, "operation");
            return this;
        }

        /**
         * Sets how long a name that Fabric holds after a delete is waited for; 10 min unless set, zero for not at all.
         *
         * @param heldName the limit of that wait
         * @return this
         */
        public Builder heldName(Duration heldName) {
            this.heldName = Objects.requireNonNull(heldName, "heldName");
            return this;
        }

        /**
         * Builds the limits.
         *
         * @return the limits
         * @throws IllegalStateException if there is no attempt, or a duration is negative, or a limit is zero
         */
        public FabricLimits build() {
            StringBuilder wrong = new StringBuilder();
            if (attempts < 1) {
                wrong.append("; attempts is ").append(attempts).append(", give at least 1");
            }
            atLeast(wrong, "firstDelay", firstDelay, Duration.ZERO);
            atLeast(wrong, "longestDelay", longestDelay, Duration.ZERO);
            atLeast(wrong, "answer", answer, Duration.ofMillis(1));
            atLeast(wrong, "call", call, Duration.ofMillis(1));
            atLeast(wrong, "operation", operation, Duration.ofMillis(1));
            atLeast(wrong, "heldName", heldName, Duration.ZERO);
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("Invalid FabricLimits: " + wrong.substring(2));
            }
            return new FabricLimits(this);
        }

        private static void atLeast(StringBuilder wrong, String name, Duration given, Duration least) {
            if (given.compareTo(least) < 0) {
                wrong.append("; ").append(name).append(" is ").append(given);
                wrong.append(", give at least ").append(least);
            }
        }
    }
}
