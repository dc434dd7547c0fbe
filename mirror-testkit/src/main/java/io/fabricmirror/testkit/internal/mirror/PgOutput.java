package io.fabricmirror.testkit.internal.mirror;

import io.fabricmirror.testkit.internal.mirror.Change.Column;
import io.fabricmirror.testkit.internal.mirror.Change.Tuple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes messages of PostgreSQL's logical replication protocol, version 1, as its manual describes them. */
final class PgOutput {
    private PgOutput() {}

    static Change decode(ByteBuffer message) {
        char kind = (char) message.get();
        return switch (kind) {
            case 'B' -> {
                long commitLsn = message.getLong();
                message.getLong(); // commit time
                yield new Change.Begin(commitLsn, message.getInt());
            }
            case 'C' -> {
                message.get(); // flags
                yield new Change.Commit(message.getLong(), message.getLong());
            }
            case 'R' -> relation(message);
            case 'I' -> {
                int oid = message.getInt();
                message.get(); // 'N'
                yield new Change.Insert(oid, tuple(message));
            }
            case 'U' -> update(message);
            case 'D' -> {
                int oid = message.getInt();
                message.get(); // 'K' or 'O'
                yield new Change.Delete(oid, tuple(message));
            }
            case 'T' -> truncate(message);
            case 'O', 'Y', 'M' -> new Change.Other();
            default -> throw new IllegalStateException("Unknown message '" + kind + "' in the logical stream");
        };
    }

    private static Change relation(ByteBuffer message) {
        int oid = message.getInt();
        TableRef table = new TableRef(text(message), text(message));
        message.get(); // replica identity
        int count = message.getShort();
        List<Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean key = (message.get() & 1) != 0;
            String name = text(message);
            message.getInt(); // type
            message.getInt(); // type modifier
            columns.add(new Column(name, key));
        }
        return new Change.Relation(oid, table, columns);
    }

    private static Change update(ByteBuffer message) {
        int oid = message.getInt();
        byte kind = message.get();
        Tuple before = null;
        if (kind == 'K' || kind == 'O') {
            before = tuple(message);
            message.get(); // 'N'
        }
        return new Change.Update(oid, before, tuple(message));
    }

    private static Change truncate(ByteBuffer message) {
        int count = message.getInt();
        message.get(); // options
        List<Integer> oids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            oids.add(message.getInt());
        }
        return new Change.Truncate(oids);
    }

    private static Tuple tuple(ByteBuffer message) {
        int count = message.getShort();
        List<@Nullable String> values = new ArrayList<>(count);
        List<Boolean> unchanged = new ArrayList<>(count);
        long size = 0;
        for (int i = 0; i < count; i++) {
            byte kind = message.get();
            unchanged.add(kind == 'u');
            if (kind == 't') {
                byte[] bytes = new byte[message.getInt()];
                message.get(bytes);
                size += bytes.length;
                values.add(new String(bytes, StandardCharsets.UTF_8));
            } else {
                values.add(null);
            }
        }
        return new Tuple(Collections.unmodifiableList(values), unchanged, size);
    }

    private static String text(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {
            // A text ends with a zero byte.
        }
        byte[] bytes = new byte[message.position() - 1 - start];
        message.duplicate().position(start).get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
