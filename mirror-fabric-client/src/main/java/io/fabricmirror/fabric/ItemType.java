package io.fabricmirror.fabric;

import java.util.Objects;

/**
 * The kind of an item in a workspace. Open: Fabric may add values, so keep a branch for others.
 *
 * @param value the service's own text
 */
public record ItemType(String value) {
    /** A mirrored database. */
    public static final ItemType MIRRORED_DATABASE = new ItemType("MirroredDatabase");

    /** The SQL analytics endpoint that comes with another item and bears the same name. */
    public static final ItemType SQL_ENDPOINT = new ItemType("SQLEndpoint");

    /** A lakehouse. */
    public static final ItemType LAKEHOUSE = new ItemType("Lakehouse");

    /** A warehouse. */
    public static final ItemType WAREHOUSE = new ItemType("Warehouse");

    /**
     * Rejects a missing value.
     *
     * @param value must not be null
     */
    public ItemType {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
