package io.fabricmirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of a table in a mirror. Immutable.
 *
 * @param table the table
 * @param state the service's own word, such as {@code Replicating}; Fabric may add values
 * @param sourceRows rows at the source as PostgreSQL estimates them; -1 if unknown
 * @param processedRows rows the service says it has processed: snapshot and changes, so not a row count
 * @param lastSync when the service last processed something of it, if it says
 * @param lag time between commit at the source and in the copy, for the last change, if the service says
 * @param error what the service says is wrong; empty text if nothing
 */
public record TableStatus(
        TableName table,
        String state,
        long sourceRows,
        long processedRows,
        Optional<Instant> lastSync,
        Optional<Duration> lag,
        String error) {
    /**
     * Rejects missing values.
     *
     * @param table must not be null
     * @param state must not be null
     * @param sourceRows rows at the source, or -1
     * @param processedRows rows the service has processed
     * @param lastSync must not be null
     * @param lag must not be null
     * @param error must not be null
     */
    public TableStatus {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(lastSync, "lastSync");
        Objects.requireNonNull(lag, "lag");
        Objects.requireNonNull(error, "error");
    }

    /**
     * Tells whether changes of the table arrive.
     *
     * @return whether the service says so
     */
    public boolean replicates() {
        return state.equals(TableProgress.REPLICATING);
    }
}
