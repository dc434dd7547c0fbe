package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * The kind of source of a mirrored database. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record SourceType(String value) {
    /** Azure Database for PostgreSQL flexible server. */
    public static final SourceType AZURE_POSTGRESQL = new SourceType("AzurePostgreSql");

    /** Open mirroring: the caller writes the files. */
    public static final SourceType GENERIC = new SourceType("GenericMirror");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public SourceType {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
