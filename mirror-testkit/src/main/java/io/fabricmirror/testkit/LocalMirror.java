package io.fabricmirror.testkit;

import io.fabricmirror.testkit.internal.fabric.MirroredDatabase;
import io.fabricmirror.testkit.internal.mirror.TableCopy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mirrored database of the local Azure, seen from OneLake: what really arrived. Thread-safe. */
public final class LocalMirror {
    private final MirroredDatabase mirror;

    LocalMirror(MirroredDatabase mirror) {
        this.mirror = mirror;
    }

    /**
     * Returns the item's id.
     *
     * @return a GUID
     */
    public String id() {
        return mirror.id();
    }

    /**
     * Returns the status.
     *
     * @return for instance {@code Running}
     */
    public String status() {
        return mirror.status();
    }

    /**
     * Returns the tables.
     *
     * @return {@code schema.table}, sorted
     */
    public List<String> tables() {
        return mirror.tables().stream().map(copy -> copy.table().toString()).toList();
    }

    /**
     * Returns how many rows of a table the copy holds now, deletes applied.
     *
     * @param table {@code schema.table}, without quotes
     * @return the rows
     * @throws IllegalArgumentException if the mirror has no such table
     */
    public long rows(String table) {
        return copy(table).rows();
    }

    /**
     * Returns a checksum of what the copy of a table holds, whatever the order in which it came. It equals
     * {@link LocalServer#checksum} of the source when both hold the same rows, as long as the table's columns were not
     * changed since the copy began.
     *
     * @param table {@code schema.table}, without quotes
     * @return the sum of the rows' hashes
     * @throws IllegalArgumentException if the mirror has no such table
     */
    public long checksum(String table) {
        return copy(table).checksum();
    }

    /**
     * Returns the rows that the copy of a small table holds.
     *
     * @param table {@code schema.table}, without quotes
     * @return each row as its values by column, as PostgreSQL writes them as text, null as empty; in no order
     * @throws IllegalArgumentException if the mirror has no such table
     * @throws IllegalStateException if the table has more than 10,000 rows
     */
    public List<Map<String, Optional<String>>> content(String table) {
        return copy(table).content();
    }

    /**
     * Returns the state of a table.
     *
     * @param table {@code schema.table}, without quotes
     * @return for instance {@code Replicating}
     * @throws IllegalArgumentException if the mirror has no such table
     */
    public String state(String table) {
        return copy(table).state();
    }

    private TableCopy copy(String table) {
        return mirror.tables().stream()
                .filter(copy -> copy.table().toString().equals(table))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Table \"" + table + "\" is not in the mirror; there is " + tables()));
    }
}
