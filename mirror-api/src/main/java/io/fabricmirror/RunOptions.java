package io.fabricmirror;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what one run may do, how long, and how far it goes. Immutable; each method returns a changed copy.
 *
 * <p>Defaults: no consent, 30 minutes, until {@link Milestone#REPLICATING}.
 */
public final class RunOptions {
    private static final RunOptions DEFAULTS =
            new RunOptions(Duration.ofMinutes(30), Milestone.REPLICATING, EnumSet.noneOf(Consent.class), false);

    private final Duration limit;
    private final Milestone milestone;
    private final Set<Consent> consents;
    private final boolean preparing;

    private RunOptions(Duration limit, Milestone milestone, Set<Consent> consents, boolean preparing) {
        this.limit = limit;
        this.milestone = milestone;
        this.consents = Set.copyOf(consents);
        this.preparing = preparing;
    }

    /**
     * Returns the defaults.
     *
     * @return the options
     */
    public static RunOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Limits the whole run. A call that is under way is not broken off; when the time is over while the service still works, the verdict is
     * {@link Verdict#IN_PROGRESS}, and applying again goes on.
     *
     * @param limit more than zero
     * @return the options
     */
    public static RunOptions within(Duration limit) {
        if (Objects.requireNonNull(limit, "limit").isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("the limit " + limit + " leaves no time; give more than zero");
        }

        return new RunOptions(limit, DEFAULTS.milestone, DEFAULTS.consents, false);
    }

    /**
     * Sets how far the run goes; {@link Milestone#REPLICATING} unless set.
     *
     * @param milestone the milestone
     * @return a copy that goes as far
     */
    public RunOptions until(Milestone milestone) {
        return new RunOptions(limit, Objects.requireNonNull(milestone, "milestone"), consents, preparing);
    }

    /**
     * Agrees to what these consents say, for this run.
     *
     * @param agreed the consents
     * @return a copy with these added
     */
    public RunOptions consent(Consent... agreed) {
        Set<Consent> all = EnumSet.noneOf(Consent.class);
        all.addAll(consents);
        all.addAll(Arrays.asList(agreed));
        return new RunOptions(limit, milestone, all, preparing);
    }

    /**
     * Prepares the server side only: identity, parameters, secret, role and grants. No table changes its owner and Fabric is not
     * called, so that a private server can be made ready before there is a gateway.
     *
     * @return a copy that goes no further
     */
    public RunOptions prepareOnly() {
        return new RunOptions(limit, milestone, consents, true);
    }

    /**
     * Tells whether only the server side is prepared.
     *
     * @return whether {@link #prepareOnly()} was said
     */
    public boolean preparesOnly() {
        return preparing;
    }

    /**
     * Returns the limit of the whole run.
     *
     * @return the limit
     */
    public Duration limit() {
        return limit;
    }

    /**
     * Returns how far the run goes.
     *
     * @return the milestone
     */
    public Milestone milestone() {
        return milestone;
    }

    /**
     * Returns what was agreed to.
     *
     * @return the consents, unmodifiable
     */
    public Set<Consent> consents() {
        return consents;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunOptions that
                && limit.equals(that.limit)
                && milestone == that.milestone
                && consents.equals(that.consents)
                && preparing == that.preparing;
    }

    @Override
    public int hashCode() {
        return Objects.hash(limit, milestone, consents, preparing);
    }

    @Override
    public String toString() {
        return "within " + limit + ", until " + milestone + ", consents " + consents
                + (preparing ? ", prepare only" : "");
    }
}
