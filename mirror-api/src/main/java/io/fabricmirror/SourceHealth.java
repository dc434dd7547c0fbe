package io.fabricmirror;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a source bears being mirrored: what it keeps for its readers, how full it is, and what is running short. Immutable.
 *
 * @param slots its replication slots, ordered by name
 * @param oldestTransaction the client's transaction that has been open longest, if any is; WAL since its begin is kept
 * @param usedBytes the size of all databases and the WAL, in bytes
 * @param storageBytes the size of the server's storage, in bytes, if it is known
 * @param workers background workers
 * @param findings what is over a threshold, worst first; empty if all is well
 */
public record SourceHealth(
        List<Slot> slots,
        Optional<OpenTransaction> oldestTransaction,
        long usedBytes,
        OptionalLong storageBytes,
        Usage workers,
        List<Finding> findings) {
    /**
     * Copies the lists.
     *
     * @param slots must not be null
     * @param oldestTransaction must not be null
     * @param usedBytes the size
     * @param storageBytes must not be null
     * @param workers must not be null
     * @param findings must not be null
     */
    public SourceHealth {
        slots = List.copyOf(slots);
        Objects.requireNonNull(oldestTransaction, "oldestTransaction");
        Objects.requireNonNull(storageBytes, "storageBytes");
        Objects.requireNonNull(workers, "workers");
        findings = List.copyOf(findings);
    }

    /**
     * Returns how much WAL the server keeps for its slowest reader.
     *
     * @return the size in bytes
     */
    public long walHeldBytes() {
        return slots.stream().mapToLong(Slot::walHeldBytes).max().orElse(0);
    }

    /**
     * A replication slot.
     *
     * @param name its name
     * @param database the database it reads; empty text for a physical one
     * @param active whether somebody reads it now
     * @param walHeldBytes how much WAL is kept for it, in bytes
     * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; empty text if the server does not say
     */
    public record Slot(String name, String database, boolean active, long walHeldBytes, String walStatus) {}

    /**
     * A transaction that somebody left open.
     *
     * @param pid the session's process
     * @param user whose it is
     * @param application what the session calls itself
     * @param age how long it has been open
     */
    public record OpenTransaction(int pid, String user, String application, Duration age) {}

    /**
     * How much of a limit is in use.
     *
     * @param used how much is in use
     * @param limit how much there is
     */
    public record Usage(int used, int limit) {}

    /** How much a finding matters. */
    public enum Severity {
        /** Mirroring goes on; somebody should look. */
        WARNING,
        /** Mirroring or the server itself stops, or is about to. */
        CRITICAL
    }

    /**
     * Something over a threshold.
     *
     * @param severity how much it matters
     * @param problem what, with the rule it comes from and the remedy
     */
    public record Finding(Severity severity, Problem problem) {}
}
