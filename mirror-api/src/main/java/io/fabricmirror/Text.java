package io.fabricmirror;

/** Columns that previews and reports share. */
final class Text {
    /** Where the third column starts. */
    static final String INDENT = " ".repeat(35);

    private Text() {}

    static String step(int number, StepKey key, String word, String detail) {
        return String.format("%3d %-16s%-15s%s%n", number, key, word, detail).replace("\r\n", "\n");
    }

    static String padded(String value, int width) {
        return value.length() >= width ? value + " " : value + " ".repeat(width - value.length());
    }
}
