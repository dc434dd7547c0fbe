package io.fabricmirror.testkit.internal.mirror;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a streamed row as COPY would write it, so that rows of the snapshot and of the stream compare. */
final class RowText {
    private static final String NULL = "\\N";

    private RowText() {}

    /** Writes a row. A value that was not sent, because it did not change, is taken from the row before. */
    static byte[] of(Change.Tuple tuple, byte @Nullable [] before) {
        StringBuilder line = new StringBuilder();
        List<@Nullable String> values = tuple.values();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.append('\t');
            }
            if (tuple.unchanged().get(i)) {
                line.append(before == null ? NULL : field(before, i));
            } else {
                append(line, values.get(i));
            }
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a row's fields in another order; where there is none, null. */
    static byte[] laidOut(byte[] row, int[] origins) {
        String[] fields = new String(row, StandardCharsets.UTF_8).split("\t", -1);
        return Arrays.stream(origins)
                .mapToObj(origin -> origin >= 0 && origin < fields.length ? fields[origin] : NULL)
                .collect(Collectors.joining("\t"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String field(byte[] row, int index) {
        String[] fields = new String(row, StandardCharsets.UTF_8).split("\t", -1);
        return index < fields.length ? fields[index] : NULL;
    }

    private static void append(StringBuilder line, @Nullable String value) {
        if (value == null) {
            line.append(NULL);
            return;
        }

        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\b' -> line.append("\\b");
                case '\f' -> line.append("\\f");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                case 0x0b -> line.append("\\v");
                case '\\' -> line.append("\\\\");
                default -> line.append(c);
            }
        }
    }

    /** Reads a field of COPY's text form; null is SQL's null. */
    static @Nullable String value(String field) {
        if (field.equals(NULL)) {
            return null;
        }

        StringBuilder value = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (escaped) {
                value.append(unescaped(c));
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> c;
        };
    }
}
