package io.fabricmirror;

import java.util.Objects;

/**
 * How far a table has come in the mirror. Immutable.
 *
 * @param table the table
 * @param state the service's own word, such as {@code Replicating}; Fabric may add values
 * @param sourceRows rows at the source, counted or estimated when the run looked; -1 if not looked at
 * @param processedRows rows the service says it has processed: snapshot and changes, so not a row count
 * @param error what the service says is wrong; empty text if nothing
 */
public record TableProgress(TableName table, String state, long sourceRows, long processedRows, String error) {
    /** The state in which changes arrive. */
    public static final String REPLICATING = "Replicating";

    /**
     * Rejects missing values.
     *
     * @param table must not be null
     * @param state must not be null
     * @param sourceRows rows at the source, or -1
     * @param processedRows rows the service has processed
     * @param error must not be null
     */
    public TableProgress {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(error, "error");
    }

    /**
     * Tells whether the table replicates, with rows if the source has rows.
     *
     * @return whether it does
     */
    public boolean arrived() {
        return state.equals(REPLICATING) && (sourceRows <= 0 || processedRows > 0);
    }
}
