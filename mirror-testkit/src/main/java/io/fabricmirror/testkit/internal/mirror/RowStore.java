package io.fabricmirror.testkit.internal.mirror;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rows of one table's copy, found by their key. The rows are on disk; so is the index beyond a size, and memory stays
 * bounded. The same row may be there more than once, as in a table without a key. Not thread-safe.
 */
final class RowStore {
    private static final int SLOT = 2 * Long.BYTES;
    private static final int SMALLEST = 256;
    private static final int LARGEST_ON_HEAP = 64 * 1024;
    private static final long EMPTY = 0;
    private static final long REMOVED = 1;

    private final RowFile file;
    private final RowKey key;
    private ByteBuffer slots;
    private int capacity;
    private int used;
    private long count;
    private long checksum;

    /** Keeps rows in a file, found by what {@code key} takes out of them. */
    RowStore(RowFile file, RowKey key) {
        this.file = file;
        this.key = key;
        this.capacity = SMALLEST;
        this.slots = newSlots(SMALLEST);
    }

    private ByteBuffer newSlots(int size) {
        return size <= LARGEST_ON_HEAP ? ByteBuffer.allocate(size * SLOT) : file.map(Math.multiplyExact(size, SLOT));
    }

    long count() {
        return count;
    }

    /** Returns the sum of all rows' hashes: equal contents have equal sums, in whatever order they came. */
    long checksum() {
        return checksum;
    }

    void add(byte[] row) {
        if (used >= capacity / 2) {
            grow();
        }
        insert(slotHash(key.of(row)), file.add(row));
        count++;
        checksum += Hash.of(row);
    }

    private void insert(long hash, long position) {
        int slot = first(hash);
        while (slots.getLong(slot * SLOT) != EMPTY) {
            slot = next(slot);
        }
        slots.putLong(slot * SLOT, hash);
        slots.putLong(slot * SLOT + Long.BYTES, position);
        used++;
    }

    /** Removes one row of that key; returns it, or nothing if there is none. */
    Optional<byte[]> remove(byte[] rowKey) {
        long hash = slotHash(rowKey);
        for (int slot = first(hash); slots.getLong(slot * SLOT) != EMPTY; slot = next(slot)) {
            if (slots.getLong(slot * SLOT) == hash) {
                byte[] row = file.get(slots.getLong(slot * SLOT + Long.BYTES));
                if (Arrays.equals(key.of(row), rowKey)) {
                    slots.putLong(slot * SLOT, REMOVED);
                    count--;
                    checksum -= Hash.of(row);
                    return Optional.of(row);
                }
            }
        }
        return Optional.empty();
    }

    /** Gives every row, in no order. */
    void forEach(Consumer<byte[]> reader) {
        for (int slot = 0; slot < capacity; slot++) {
            long hash = slots.getLong(slot * SLOT);
            if (hash != EMPTY && hash != REMOVED) {
                reader.accept(file.get(slots.getLong(slot * SLOT + Long.BYTES)));
            }
        }
    }

    private void grow() {
        ByteBuffer before = slots;
        int capacityBefore = capacity;
        // Many updates leave many removed slots behind: then the same size will do.
        capacity = count < capacityBefore / 4 ? capacityBefore : Math.multiplyExact(capacityBefore, 2);
        slots = newSlots(capacity);
        used = 0;
        for (int slot = 0; slot < capacityBefore; slot++) {
            long hash = before.getLong(slot * SLOT);
            if (hash != EMPTY && hash != REMOVED) {
                insert(hash, before.getLong(slot * SLOT + Long.BYTES));
            }
        }
    }

    // The capacity is a power of two.
    private int first(long hash) {
        return (int) (hash >>> 32) & (capacity - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (capacity - 1);
    }

    private static long slotHash(byte[] rowKey) {
        long hash = Hash.of(rowKey);
        return hash == EMPTY || hash == REMOVED ? hash + 2 : hash;
    }
}
