package io.fabricmirror.testkit.internal.mirror;

import java.time.Instant;
import java.util.Optional;

/** What arrived of one table, and how it stands with it. Thread-safe. */
public final class TableCopy {
    private final TableRef table;
    private String state = "Initialized";
    private Optional<Failure> failure = Optional.empty();
    private long rows;
    private long processedRows;
    private long processedBytes;
    private Instant lastSync;
    private long snapshotLsn;

    TableCopy(TableRef table, Instant now) {
        this.table = table;
        this.lastSync = now;
    }

    /** Returns the table. */
    public TableRef table() {
        return table;
    }

    /** Returns the state in Fabric's words. */
    public synchronized String state() {
        return failure.isPresent() ? "Failed" : state;
    }

    /** Returns why the table failed. */
    public synchronized Optional<Failure> failure() {
        return failure;
    }

    /** Returns how many rows the copy holds. */
    public synchronized long rows() {
        return rows;
    }

    /** Returns how many rows were read and changes applied; not a row count. */
    public synchronized long processedRows() {
        return processedRows;
    }

    /** Returns the bytes of what was read and applied. */
    public synchronized long processedBytes() {
        return processedBytes;
    }

    /** Returns when something arrived last. */
    public synchronized Instant lastSync() {
        return lastSync;
    }

    synchronized void fail(Failure cause) {
        failure = Optional.of(cause);
    }

    /** Takes back a failure that no longer holds. */
    synchronized void unfail(Failure cause) {
        if (failure.equals(Optional.of(cause))) {
            failure = Optional.empty();
        }
    }

    synchronized boolean failed() {
        return failure.isPresent();
    }

    synchronized void snapshotting() {
        state = "Snapshotting";
        rows = 0;
    }

    synchronized void snapshotRow(long bytes) {
        rows++;
        processedRows++;
        processedBytes += bytes;
    }

    /** The snapshot is whole; what was committed before {@code lsn} is in it. */
    synchronized void replicating(long lsn, Instant now) {
        state = "Replicating";
        snapshotLsn = lsn;
        lastSync = now;
    }

    /** Tells whether a transaction is news to this table. */
    synchronized boolean wants(long commitLsn) {
        return failure.isEmpty() && state.equals("Replicating") && Long.compareUnsigned(commitLsn, snapshotLsn) >= 0;
    }

    synchronized void insert(Change.Tuple row, Instant now) {
        rows++;
        processed(row.size(), now);
    }

    synchronized void update(Change.Tuple row, Instant now) {
        processed(row.size(), now);
    }

    synchronized void delete(Change.Tuple row, Instant now) {
        rows--;
        processed(row.size(), now);
    }

    private void processed(long bytes, Instant now) {
        processedRows++;
        processedBytes += bytes;
        lastSync = now;
    }
}
