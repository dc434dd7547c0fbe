package io.fabricmirror.testkit.internal.mirror;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Takes the key out of a row in COPY's text form: the fields of the key's columns, or the whole row. */
final class RowKey {
    private final boolean[] inKey;
    private final boolean whole;

    /** Looks at columns in the order of the row. */
    RowKey(List<Change.Column> columns) {
        inKey = new boolean[columns.size()];
        boolean all = true;
        for (int i = 0; i < inKey.length; i++) {
            inKey[i] = columns.get(i).key();
            all &= inKey[i];
        }
        whole = all;
    }

    byte[] of(byte[] row) {
        if (whole) {
            return row;
        }

        ByteArrayOutputStream key = new ByteArrayOutputStream();
        int field = 0;
        for (byte b : row) {
            if (b == '\t') {
                field++;
            }
            // A tab inside of a value is escaped, so each one ends a field; it goes along to keep fields apart.
            if (field < inKey.length && inKey[field]) {
                key.write(b);
            }
        }
        return key.toByteArray();
    }
}
