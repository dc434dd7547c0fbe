package io.fabricmirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Selects the tables to mirror. Immutable; {@link #except(String...)} returns a changed copy.
 *
 * <p>A pattern is {@code schema.table}, where {@code *} stands for any characters. A name with a dot in it is put in double quotes:
 * {@code sales."a.b"}. A table that is named must be one Fabric can mirror, or the plan is refused; a table that a pattern
 * matches is left out with its reason.
 */
public final class TableSelection {
    private final Kind kind;
    private final List<TablePattern> patterns;
    private final List<TablePattern> exceptions;

    private TableSelection(Kind kind, List<TablePattern> patterns, List<TablePattern> exceptions) {
        this.kind = kind;
        this.patterns = List.copyOf(patterns);
        this.exceptions = List.copyOf(exceptions);
    }

    private enum Kind {
        FOLLOW_ALL,
        MATCHED,
        NAMED
    }

    /**
     * Selects every table that Fabric can mirror today; the list is frozen in the mirror, and a later apply adds tables made since.
     * This is the default.
     *
     * @return the selection
     */
    public static TableSelection eligible() {
        return matching("*.*");
    }

    /**
     * Leaves the choice to Fabric: all tables, new ones included, in its own order up to its own limit; each ineligible one fails in
     * the mirror by itself.
     *
     * @return the selection
     */
    public static TableSelection followAll() {
        return new TableSelection(Kind.FOLLOW_ALL, List.of(TablePattern.parse("*.*")), List.of());
    }

    /**
     * Selects the eligible tables of whole schemas.
     *
     * @param schemas the schemas' names, at least one
     * @return the selection
     */
    public static TableSelection schemas(String... schemas) {
        requireSome(schemas, "schemas");
        return new TableSelection(
                Kind.MATCHED,
                List.of(schemas).stream().map(TablePattern::ofSchema).toList(),
                List.of());
    }

    /**
     * Selects the eligible tables that a pattern matches.
     *
     * @param patterns patterns, at least one
     * @return the selection
     * @throws IllegalArgumentException if a pattern has not two parts
     */
    public static TableSelection matching(String... patterns) {
        requireSome(patterns, "patterns");
        return new TableSelection(Kind.MATCHED, TablePattern.parseAll(patterns), List.of());
    }

    /**
     * Selects exactly these tables; one that does not exist or cannot be mirrored makes the plan impossible.
     *
     * @param tables {@code schema.table}, at least one, without {@code *}
     * @return the selection
     * @throws IllegalArgumentException if a name has not two parts or is a pattern
     */
    public static TableSelection named(String... tables) {
        requireSome(tables, "tables");
        for (String table : tables) {
            if (table.contains("*")) {
                throw new IllegalArgumentException(
                        "\"" + table + "\" is a pattern; give patterns to TableSelection.matching(...)");
            }
        }
        return new TableSelection(Kind.NAMED, TablePattern.parseAll(tables), List.of());
    }

    /**
     * Leaves out what these patterns match.
     *
     * @param patterns patterns
     * @return a copy with these exceptions added
     * @throws IllegalArgumentException if a pattern has not two parts
     * @throws IllegalStateException if tables were named one by one, or the choice was left to Fabric
     */
    public TableSelection except(String... patterns) {
        if (kind != Kind.MATCHED) {
            throw new IllegalStateException("except(...) goes with eligible(), schemas(...) and matching(...): "
                    + (kind == Kind.NAMED ? "leave the name out instead" : "with followAll() Fabric chooses"));
        }

        List<TablePattern> all = new ArrayList<>(exceptions);
        all.addAll(TablePattern.parseAll(patterns));
        return new TableSelection(kind, this.patterns, all);
    }

    /**
     * Tells whether a table is wanted, before its eligibility is judged.
     *
     * @param table the table
     * @return whether a name or pattern takes it and no exception leaves it out
     */
    public boolean selects(TableName table) {
        return patterns.stream().anyMatch(p -> p.matches(table))
                && exceptions.stream().noneMatch(p -> p.matches(table));
    }

    /**
     * Tells whether Fabric chooses the tables itself.
     *
     * @return whether this is {@link #followAll()}
     */
    public boolean followsAll() {
        return kind == Kind.FOLLOW_ALL;
    }

    /**
     * Returns the tables that were named one by one.
     *
     * @return the names; empty for every other selection
     */
    public List<TableName> namedTables() {
        return kind == Kind.NAMED
                ? patterns.stream()
                        .map(p -> new TableName(p.schema(), p.table()))
                        .toList()
                : List.of();
    }

    /**
     * Returns what is selected, as {@link #matching(String...)} or {@link #named(String...)} takes it.
     *
     * @return patterns or names, quoted where needed
     */
    public List<String> patterns() {
        return patterns.stream().map(TablePattern::text).toList();
    }

    /**
     * Returns what is left out, as {@link #except(String...)} takes it.
     *
     * @return patterns, quoted where needed
     */
    public List<String> exceptions() {
        return exceptions.stream().map(TablePattern::text).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableSelection that
                && kind == that.kind
                && patterns.equals(that.patterns)
                && exceptions.equals(that.exceptions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, patterns, exceptions);
    }

    @Override
    public String toString() {
        return (kind == Kind.FOLLOW_ALL ? "all, as Fabric follows them" : patterns.toString())
                + (exceptions.isEmpty() ? "" : " except " + exceptions);
    }

    private static void requireSome(String[] values, String what) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no " + what + " given; for all tables write TableSelection.eligible()");
        }
    }

    /**
     * One pattern, split into its two parts.
     *
     * @param schema the schema's part
     * @param table the table's part
     */
    private record TablePattern(String schema, String table) {
        private static final Pattern PARTS =
                Pattern.compile("(\"(?:[^\"]|\"\")+\"|[^.\"]+)\\.(\"(?:[^\"]|\"\")+\"|[^.\"]+)");

        static List<TablePattern> parseAll(String[] patterns) {
            return List.of(patterns).stream().map(TablePattern::parse).toList();
        }

        static TablePattern parse(String text) {
            Matcher matcher = PARTS.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "\"" + text
                                + "\" is not schema.table. Write both parts; put a part that has a dot in double quotes: sales.\"a.b\"");
            }

            return new TablePattern(unquoted(matcher.group(1)), unquoted(matcher.group(2)));
        }

        static TablePattern ofSchema(String schema) {
            return new TablePattern(schema, "*");
        }

        boolean matches(TableName name) {
            return glob(schema, name.schema()) && glob(table, name.name());
        }

        private static boolean glob(String pattern, String value) {
            String regex = List.of(pattern.split("\\*", -1)).stream()
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            return Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
        }

        private static String unquoted(String part) {
            return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
        }

        /** Returns the pattern as {@link #parse} reads it. */
        String text() {
            return quoted(schema) + "." + quoted(table);
        }

        private static String quoted(String part) {
            return part.matches("[a-z_*][a-z0-9_*]*") ? part : '"' + part.replace("\"", "\"\"") + '"';
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
