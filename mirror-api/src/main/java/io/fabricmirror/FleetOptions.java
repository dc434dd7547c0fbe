package io.fabricmirror;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how many plans of a fleet run at a time and when to stop. Immutable; each method returns a changed copy.
 *
 * <p>Defaults: no canary, no halt.
 */
public final class FleetOptions {
    private final int concurrency;
    private final int canary;
    private final int failures;

    private FleetOptions(int concurrency, int canary, int failures) {
        this.concurrency = concurrency;
        this.canary = canary;
        this.failures = failures;
    }

    /**
     * Returns options for a number of plans at a time. Plans of one server always run one after another, so more than there are
     * servers brings nothing.
     *
     * @param plans how many plans run at a time, at least 1
     * @return the options
     * @throws IllegalArgumentException if the number is less than 1
     */
    public static FleetOptions concurrency(int plans) {
        return new FleetOptions(atLeast(1, plans, "concurrency"), 0, Integer.MAX_VALUE);
    }

    /**
     * Runs the first plans to their end before the others begin; if one of them fails, the others are not started.
     *
     * @param plans how many of the first plans, at least 1
     * @return a copy with that canary
     * @throws IllegalArgumentException if the number is less than 1
     */
    public FleetOptions canary(int plans) {
        return new FleetOptions(concurrency, atLeast(1, plans, "canary"), failures);
    }

    /**
     * Starts no further plan once so many have failed. What runs goes on to its end.
     *
     * @param plans how many failures, at least 1; verdicts {@link Verdict#FAILED} and {@link Verdict#UNCERTAIN} count
     * @return a copy that halts there
     * @throws IllegalArgumentException if the number is less than 1
     */
    public FleetOptions haltAfterFailures(int plans) {
        return new FleetOptions(concurrency, canary, atLeast(1, plans, "haltAfterFailures"));
    }

    /**
     * Returns how many plans run at a time.
     *
     * @return at least 1
     */
    public int concurrency() {
        return concurrency;
    }

    /**
     * Returns how many of the first plans run before the others.
     *
     * @return the number, or 0
     */
    public int canary() {
        return canary;
    }

    /**
     * Returns how many failures end the fleet.
     *
     * @return the number; the greatest one for no end
     */
    public int haltAfterFailures() {
        return failures;
    }

    private static int atLeast(int least, int number, String name) {
        if (number < least) {
            throw new IllegalArgumentException(name + " is " + number + "; give at least " + least);
        }

        return number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FleetOptions that
                && concurrency == that.concurrency
                && canary == that.canary
                && failures == that.failures;
    }

    @Override
    public int hashCode() {
        return Objects.hash(concurrency, canary, failures);
    }

    @Override
    public String toString() {
        return concurrency + " at a time" + (canary == 0 ? "" : ", canary " + canary)
                + (failures == Integer.MAX_VALUE ? "" : ", halt after " + failures + " failures");
    }
}
