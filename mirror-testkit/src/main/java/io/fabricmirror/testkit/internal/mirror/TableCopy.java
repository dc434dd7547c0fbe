package io.fabricmirror.testkit.internal.mirror;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What arrived of one table, and how it stands with it. Thread-safe. */
public final class TableCopy {
    private static final int MOST_READ_BACK = 10_000;

    private final TableRef table;
    private final RowFile file;
    private List<Change.Column> columns = List.of();
    private RowKey key = new RowKey(List.of());
    private RowStore store;
    private String state = "Initialized";
    private Optional<Failure> failure = Optional.empty();
    private long processedRows;
    private long processedBytes;
    private Instant lastSync;
    private long snapshotLsn;

    TableCopy(TableRef table, RowFile file, Instant now) {
        this.table = table;
        this.file = file;
        this.store = new RowStore(file, key);
        this.lastSync = now;
    }

    /** Returns the table. */
    public TableRef table() {
        return table;
    }

    /** Returns the state in Fabric's words. */
    public synchronized String state() {
        return failure.isPresent() ? "Failed" : state;
    }

    /** Returns why the table failed. */
    public synchronized Optional<Failure> failure() {
        return failure;
    }

    /** Returns how many rows the copy holds. */
    public synchronized long rows() {
        return store.count();
    }

    /** Returns the sum of the hashes of all rows the copy holds. */
    public synchronized long checksum() {
        return store.checksum();
    }

    /** Returns the rows by column, in no order. */
    public synchronized List<Map<String, Optional<String>>> content() {
        if (rows() > MOST_READ_BACK) {
            throw new IllegalStateException(
                    table + " has " + rows() + " rows; up to " + MOST_READ_BACK + " are read back");
        }

        List<Map<String, Optional<String>>> content = new ArrayList<>();
        store.forEach(row -> content.add(named(row)));
        return content;
    }

    private Map<String, Optional<String>> named(byte[] row) {
        String[] fields = new String(row, StandardCharsets.UTF_8).split("\t", -1);
        Map<String, Optional<String>> named = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(fields.length, columns.size()); i++) {
            named.put(columns.get(i).name(), Optional.ofNullable(RowText.value(fields[i])));
        }
        return named;
    }

    /** Returns how many rows were read and changes applied; not a row count. */
    public synchronized long processedRows() {
        return processedRows;
    }

    /** Returns the bytes of what was read and applied. */
    public synchronized long processedBytes() {
        return processedBytes;
    }

    /** Returns when something arrived last. */
    public synchronized Instant lastSync() {
        return lastSync;
    }

    synchronized void fail(Failure cause) {
        failure = Optional.of(cause);
    }

    /** Takes back a failure that no longer holds. */
    synchronized void unfail(Failure cause) {
        if (failure.equals(Optional.of(cause))) {
            failure = Optional.empty();
        }
    }

    synchronized boolean failed() {
        return failure.isPresent();
    }

    synchronized void snapshotting(List<Change.Column> columnsNow) {
        state = "Snapshotting";
        columns = columnsNow;
        key = new RowKey(columns);
        store = new RowStore(file, key);
    }

    /**
     * Takes note of the columns that what follows in the stream has. After a change of them the rows that are there already
     * are laid out anew: a column that is new has no value in them, and one that is gone is forgotten.
     */
    synchronized void columns(List<Change.Column> columnsNow) {
        if (columnsNow.equals(columns)) {
            return;
        }

        int[] origins = origins(columns, columnsNow);
        RowStore before = store;
        columns = columnsNow;
        key = new RowKey(columnsNow);
        store = new RowStore(file, key);
        before.forEach(row -> store.add(RowText.laidOut(row, origins)));
    }

    // The stream tells names only: one name changed in its place is a rename.
    private static int[] origins(List<Change.Column> before, List<Change.Column> now) {
        List<String> names = before.stream().map(Change.Column::name).toList();
        Set<String> namesNow = now.stream().map(Change.Column::name).collect(Collectors.toSet());
        int[] origins = new int[now.size()];
        for (int i = 0; i < origins.length; i++) {
            boolean renamed = before.size() == now.size() && !namesNow.contains(names.get(i));
            origins[i] = renamed ? i : names.indexOf(now.get(i).name());
        }
        return origins;
    }

    synchronized void snapshotRow(byte[] row) {
        store.add(row);
        processedRows++;
        processedBytes += row.length;
    }

    /** The snapshot is whole; what was committed before {@code lsn} is in it. */
    synchronized void replicating(long lsn, Instant now) {
        state = "Replicating";
        snapshotLsn = lsn;
        lastSync = now;
    }

    /** Tells whether a transaction is news to this table. */
    synchronized boolean wants(long commitLsn) {
        return failure.isEmpty() && state.equals("Replicating") && Long.compareUnsigned(commitLsn, snapshotLsn) >= 0;
    }

    synchronized void insert(Change.Tuple row, Instant now) {
        store.add(RowText.of(row, null));
        processed(row.size(), now);
    }

    synchronized void update(Optional<Change.Tuple> before, Change.Tuple after, Instant now) {
        byte[] oldKey = key.of(RowText.of(before.orElse(after), null));
        byte[] old = store.remove(oldKey).orElse(null);
        store.add(RowText.of(after, old));
        processed(after.size(), now);
    }

    synchronized void delete(Change.Tuple before, Instant now) {
        store.remove(key.of(RowText.of(before, null)));
        processed(before.size(), now);
    }

    private void processed(long bytes, Instant now) {
        processedRows++;
        processedBytes += bytes;
        lastSync = now;
    }
}
