package io.fabricmirror.fabric;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a table of a mirrored database is.
 *
 * @param objectType the kind of object; the service does not always tell, then a table
 * @param schemaName its schema at the source; empty text if not told
 * @param tableName its name at the source; empty text if not told
 * @param state its state
 * @param processedRows rows processed, first copy and changes together; not the number of rows it has
 * @param processedBytes bytes processed
 * @param lastSync when it was last brought up to date, or null if not told
 * @param lastSyncLatency how far behind the source it then was, or null if not told
 * @param error what is wrong, or null
 */
public record TableMirroringStatus(
        SourceObjectType objectType,
        String schemaName,
        String tableName,
        TableMirroringState state,
        long processedRows,
        long processedBytes,
        @Nullable Instant lastSync,
        @Nullable Duration lastSyncLatency,
        @Nullable FabricError error) {
    /**
     * Rejects missing values.
     *
     * @param objectType must not be null
     * @param schemaName must not be null
     * @param tableName must not be null
     * @param state must not be null
     * @param processedRows the rows
     * @param processedBytes the bytes
     * @param lastSync when, or null
     * @param lastSyncLatency how far, or null
     * @param error what is wrong, or null
     */
    public TableMirroringStatus {
        Objects.requireNonNull(objectType, "objectType");
        Objects.requireNonNull(schemaName, "schemaName");
        Objects.requireNonNull(tableName, "tableName");
        Objects.requireNonNull(state, "state");
    }
}
