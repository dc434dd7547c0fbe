package io.fabricmirror.testkit.internal.mirror;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the logical stream says, decoded. */
sealed interface Change {

    /**
     * A transaction begins.
     *
     * @param commitLsn where its commit is
     * @param xid its number
     */
    record Begin(long commitLsn, int xid) implements Change {}

    /**
     * A transaction ends.
     *
     * @param commitLsn where its commit is
     * @param endLsn what follows it
     */
    record Commit(long commitLsn, long endLsn) implements Change {}

    /**
     * A table is described, before its first change and after each change of its columns.
     *
     * @param oid the table's number in what follows
     * @param table the table
     * @param columns its columns
     */
    record Relation(int oid, TableRef table, List<Column> columns) implements Change {}

    /**
     * A column.
     *
     * @param name its name
     * @param key whether it belongs to the replica identity
     */
    record Column(String name, boolean key) {}

    /**
     * A row came.
     *
     * @param oid the table
     * @param row the row
     */
    record Insert(int oid, Tuple row) implements Change {}

    /**
     * A row changed.
     *
     * @param oid the table
     * @param before the old key or row, when the replica identity changed or is the whole row
     * @param after the new row
     */
    record Update(int oid, @Nullable Tuple before, Tuple after) implements Change {}

    /**
     * A row went.
     *
     * @param oid the table
     * @param before its key, or the whole row
     */
    record Delete(int oid, Tuple before) implements Change {}

    /**
     * Tables were emptied.
     *
     * @param oids the tables
     */
    record Truncate(List<Integer> oids) implements Change {}

    /** Something that does not matter to a mirror. */
    record Other() implements Change {}

    /**
     * The values of a row, as text.
     *
     * @param values one for each column; null is SQL's null
     * @param unchanged one for each column: the value was not sent, because it is stored out of line and did not change
     * @param size the bytes of all values
     */
    record Tuple(List<@Nullable String> values, List<Boolean> unchanged, long size) {}
}
