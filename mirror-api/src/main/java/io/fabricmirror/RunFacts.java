package io.fabricmirror;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run, apart from how its steps ended. Immutable; each method that sets something returns a changed copy.
 */
public final class RunFacts {
    /** Key in {@link #made()} of the Fabric connection's id. */
    public static final String CONNECTION_ID = "connectionId";

    /** Key in {@link #made()} of the mirrored database's id. */
    public static final String MIRROR_ID = "mirrorId";

    /** Key in {@link #made()} of the workspace's id. */
    public static final String WORKSPACE_ID = "workspaceId";

    /** Nothing is known. */
    public static final RunFacts NONE = new RunFacts("", null, List.of(), Map.of(), null);

    private final String id;
    private final @Nullable Instant begin;
    private final List<TimelineEntry> timeline;
    private final Map<String, String> made;
    private final @Nullable String reference;

    private RunFacts(
            String id,
            @Nullable Instant begin,
            List<TimelineEntry> timeline,
            Map<String, String> made,
            @Nullable String reference) {
        this.id = Objects.requireNonNull(id, "id");
        this.begin = begin;
        this.timeline = List.copyOf(timeline);
        this.made = Map.copyOf(made);
        this.reference = reference;
    }

    /**
     * Returns the facts of a run.
     *
     * @param id the run's id, which its log lines and events bear
     * @param begin when it began, by its own clock
     * @return the facts
     */
    public static RunFacts of(String id, Instant begin) {
        return new RunFacts(id, Objects.requireNonNull(begin, "begin"), List.of(), Map.of(), null);
    }

    /**
     * Sets what the run's time went to.
     *
     * @param entries steps, calls and waits in the order in which they began
     * @return a copy with them
     */
    public RunFacts timeline(List<TimelineEntry> entries) {
        return new RunFacts(id, begin, entries, made, reference);
    }

    /**
     * Sets the ids of what the run made or found.
     *
     * @param ids the ids, by such keys as {@link #CONNECTION_ID}
     * @return a copy with them
     */
    public RunFacts made(Map<String, String> ids) {
        return new RunFacts(id, begin, timeline, ids, reference);
    }

    /**
     * Sets by what the run was approved.
     *
     * @param approval such as the number of a change request
     * @return a copy with it
     */
    public RunFacts reference(String approval) {
        return new RunFacts(id, begin, timeline, made, Objects.requireNonNull(approval, "approval"));
    }

    /**
     * Returns the run's id.
     *
     * @return the id; empty text if it is not known
     */
    public String id() {
        return id;
    }

    /**
     * Returns when the run began.
     *
     * @return the moment by the run's own clock, if it is known
     */
    public Optional<Instant> begin() {
        return Optional.ofNullable(begin);
    }

    /**
     * Returns what the run's time went to.
     *
     * @return steps, calls and waits in the order in which they began
     */
    public List<TimelineEntry> timeline() {
        return timeline;
    }

    /**
     * Returns the ids of what the run made or found.
     *
     * @return the ids, by such keys as {@link #CONNECTION_ID}; a key is missing if the run did not get there
     */
    public Map<String, String> made() {
        return made;
    }

    /**
     * Returns by what the run was approved.
     *
     * @return the reference, if an approved preview was applied and had one
     */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunFacts that
                && id.equals(that.id)
                && Objects.equals(begin, that.begin)
                && timeline.equals(that.timeline)
                && made.equals(that.made)
                && Objects.equals(reference, that.reference);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, begin, timeline, made, reference);
    }

    /** Returns the facts on one line. */
    @Override
    public String toString() {
        return "run " + id + (reference == null ? "" : " (" + reference + ")") + ": " + timeline.size() + " entries, "
                + new TreeMap<>(made);
    }
}
