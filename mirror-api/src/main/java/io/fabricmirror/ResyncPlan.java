package io.fabricmirror;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Wants a mirror as its plan says, with tables copied anew since a moment. A state, not a deed: applied twice it copies once. For all
 * tables the mirror is stopped and started; single tables leave the mirror, which deletes their copy, and come back. Immutable; comes
 * from {@link MirrorPlan#resync(Instant, TableName...)}.
 *
 * @param mirror the mirror, as its plan describes it
 * @param since a copy made before this moment does not do
 * @param tables the tables; empty means all
 */
public record ResyncPlan(MirrorPlan mirror, Instant since, List<TableName> tables) implements Plan {
    /**
     * Rejects missing values and copies the list.
     *
     * @param mirror must not be null
     * @param since must not be null
     * @param tables the tables, or none for all
     */
    public ResyncPlan {
        Objects.requireNonNull(mirror, "mirror");
        Objects.requireNonNull(since, "since");
        tables = List.copyOf(tables);
    }

    @Override
    public String name() {
        return mirror.name();
    }

    /** Returns the plan on one line. */
    @Override
    public String toString() {
        return "resync " + (tables.isEmpty() ? "all tables" : tables) + " since " + since + " of " + mirror;
    }
}
