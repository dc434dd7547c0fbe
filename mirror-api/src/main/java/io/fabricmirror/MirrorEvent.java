package io.fabricmirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something a run tells while it works. Immutable; each method that sets something returns a changed copy. Holds no secret. */
public final class MirrorEvent {
    private final Kind kind;
    private final String runId;
    private final String planName;
    private final StepKey step;
    private final String message;
    private final Instant at;
    private final Duration elapsed;
    private final @Nullable Duration took;
    private final @Nullable Outcome outcome;
    private final @Nullable Plane plane;
    private final @Nullable String failure;
    private final @Nullable Progress progress;

    /**
     * What happened. Open: later versions have more kinds.
     *
     * @param value the kind, lower case
     */
    public record Kind(String value) {
        /** A run begins. */
        public static final Kind RUN_STARTED = new Kind("run-started");
        /** A step begins. */
        public static final Kind STEP_STARTED = new Kind("step-started");
        /** A change was made. */
        public static final Kind CHANGED = new Kind("changed");
        /** A port was called and has answered, or refused; see {@link MirrorEvent#plane()} and {@link MirrorEvent#failure()}. */
        public static final Kind CALLED = new Kind("called");
        /** A step waits for a service; the message says what it last saw. */
        public static final Kind WAITING = new Kind("waiting");
        /** A step has waited; {@link MirrorEvent#took()} says how long. */
        public static final Kind WAITED = new Kind("waited");
        /** A call is repeated after a pause, because the service was busy or did not answer; the message says which and when. */
        public static final Kind RETRYING = new Kind("retrying");
        /** A call waits because the requests a minute are used up; {@link MirrorEvent#took()} is how long it will wait. */
        public static final Kind BUDGET = new Kind("budget");
        /** A step has ended; {@link MirrorEvent#outcome()} says how. */
        public static final Kind STEP_ENDED = new Kind("step-ended");
        /** A run has ended; the message is the report's summary. */
        public static final Kind RUN_ENDED = new Kind("run-ended");

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
     * Whom a call goes to. Open: later versions have more.
     *
     * @param value the plane, lower case
     */
    public record Plane(String value) {
        /** Azure Resource Manager. */
        public static final Plane AZURE = new Plane("azure");
        /** Key Vault. */
        public static final Plane VAULT = new Plane("vault");
        /** PostgreSQL. */
        public static final Plane SQL = new Plane("sql");
        /** Microsoft Fabric. */
        public static final Plane FABRIC = new Plane("fabric");

        /**
         * Rejects a missing value.
         *
         * @param value must not be null
         */
        public Plane {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /**
     * How far something has come.
     *
     * @param done how many are done
     * @param total how many there are
     * @param unit what is counted, such as {@code tables}
     */
    public record Progress(long done, long total, String unit) {
        /**
         * Rejects a missing unit.
         *
         * @param done how many are done
         * @param total how many there are
         * @param unit must not be null
         */
        public Progress {
            Objects.requireNonNull(unit, "unit");
        }
    }

    private MirrorEvent(
            Kind kind,
            String runId,
            String planName,
            StepKey step,
            String message,
            Instant at,
            Duration elapsed,
            @Nullable Duration took,
            @Nullable Outcome outcome,
            @Nullable Plane plane,
            @Nullable String failure,
            @Nullable Progress progress) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.runId = Objects.requireNonNull(runId, "runId");
        this.planName = Objects.requireNonNull(planName, "planName");
        this.step = Objects.requireNonNull(step, "step");
        this.message = Objects.requireNonNull(message, "message");
        this.at = Objects.requireNonNull(at, "at");
        this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
        this.took = took;
        this.outcome = outcome;
        this.plane = plane;
        this.failure = failure;
        this.progress = progress;
    }

    /**
     * Returns an event.
     *
     * @param kind what happened
     * @param runId the run's id
     * @param planName the plan's name
     * @param step the step it happened in
     * @param message what to show, on one line
     * @param at when, by the run's own clock
     * @param elapsed since the run began, by the run's own clock
     * @return the event
     */
    public static MirrorEvent of(
            Kind kind, String runId, String planName, StepKey step, String message, Instant at, Duration elapsed) {
        return new MirrorEvent(kind, runId, planName, step, message, at, elapsed, null, null, null, null, null);
    }

    /**
     * Adds how long it took, or will take.
     *
     * @param duration the time by the run's own clock
     * @return a copy with it
     */
    public MirrorEvent took(Duration duration) {
        return new MirrorEvent(
                kind, runId, planName, step, message, at, elapsed, duration, outcome, plane, failure, progress);
    }

    /**
     * Adds how a step ended.
     *
     * @param ended the outcome
     * @return a copy with it
     */
    public MirrorEvent outcome(Outcome ended) {
        return new MirrorEvent(
                kind, runId, planName, step, message, at, elapsed, took, ended, plane, failure, progress);
    }

    /**
     * Adds whom a call went to.
     *
     * @param called the plane
     * @return a copy with it
     */
    public MirrorEvent plane(Plane called) {
        return new MirrorEvent(
                kind, runId, planName, step, message, at, elapsed, took, outcome, called, failure, progress);
    }

    /**
     * Adds why a call did not succeed.
     *
     * @param code the problem's code
     * @return a copy with it
     */
    public MirrorEvent failure(String code) {
        return new MirrorEvent(kind, runId, planName, step, message, at, elapsed, took, outcome, plane, code, progress);
    }

    /**
     * Adds how far it has come.
     *
     * @param reached the progress
     * @return a copy with it
     */
    public MirrorEvent progress(Progress reached) {
        return new MirrorEvent(
                kind, runId, planName, step, message, at, elapsed, took, outcome, plane, failure, reached);
    }

    /**
     * Returns what happened.
     *
     * @return the kind; ignore those you do not know
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the run's id, which log lines and the report bear too.
     *
     * @return the id, unique
     */
    public String runId() {
        return runId;
    }

    /**
     * Returns the plan's name.
     *
     * @return the name
     */
    public String planName() {
        return planName;
    }

    /**
     * Returns the step it happened in.
     *
     * @return the step
     */
    public StepKey step() {
        return step;
    }

    /**
     * Returns what to show.
     *
     * @return one line, without a secret
     */
    public String message() {
        return message;
    }

    /**
     * Returns when it happened.
     *
     * @return the moment by the run's own clock
     */
    public Instant at() {
        return at;
    }

    /**
     * Returns how long the run had been at work.
     *
     * @return the time by the run's own clock
     */
    public Duration elapsed() {
        return elapsed;
    }

    /**
     * Returns how long it took: a step, a call, a wait.
     *
     * @return the time by the run's own clock, if it is known
     */
    public Optional<Duration> took() {
        return Optional.ofNullable(took);
    }

    /**
     * Returns how a step ended.
     *
     * @return the outcome, if a step has ended
     */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /**
     * Returns whom a call went to.
     *
     * @return the plane, if it was a call
     */
    public Optional<Plane> plane() {
        return Optional.ofNullable(plane);
    }

    /**
     * Returns why a call did not succeed.
     *
     * @return the problem's code, if the call did not succeed
     */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Returns how far it has come.
     *
     * @return the progress, if it can be counted
     */
    public Optional<Progress> progress() {
        return Optional.ofNullable(progress);
    }

    /** Returns the event on one line. */
    @Override
    public String toString() {
        return planName + " " + step + " " + kind + ": " + message;
    }
}
