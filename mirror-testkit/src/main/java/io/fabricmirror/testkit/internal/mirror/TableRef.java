package io.fabricmirror.testkit.internal.mirror;

/**
 * A table of the source.
 *
 * @param schema its schema
 * @param name its name
 */
public record TableRef(String schema, String name) implements Comparable<TableRef> {
    /** Returns the name as SQL writes it. */
    String sql() {
        return quoted(schema) + "." + quoted(name);
    }

    static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    @Override
    public int compareTo(TableRef other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
