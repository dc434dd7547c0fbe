package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * A table named in a mirroring definition.
 *
 * @param schemaName its schema at the source
 * @param tableName its name at the source
 */
public record MountedTable(String schemaName, String tableName) {
    /**
     * Rejects missing values.
     *
     * @param schemaName must not be null
     * @param tableName must not be null
     */
    public MountedTable {
        Objects.requireNonNull(schemaName, "schemaName");
        Objects.requireNonNull(tableName, "tableName");
    }

    @Override
    public String toString() {
        return schemaName + "." + tableName;
    }
}
