package io.fabricmirror;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names a table by schema and name, exactly as the catalog has them. Immutable; ordered by schema, then name.
 *
 * @param schema the schema
 * @param name the table
 */
public record TableName(String schema, String name) implements Comparable<TableName> {
    private static final Comparator<TableName> ORDER =
            Comparator.comparing(TableName::schema).thenComparing(TableName::name);

    /**
     * Rejects missing parts.
     *
     * @param schema must not be null
     * @param name must not be null
     */
    public TableName {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
    }

    @Override
    public int compareTo(TableName other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code schema.name}, with quotes where SQL needs them. */
    @Override
    public String toString() {
        return quoted(schema) + "." + quoted(name);
    }

    private static String quoted(String identifier) {
        return identifier.matches("[a-z_][a-z0-9_]*") ? identifier : '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
