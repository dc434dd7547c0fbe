package io.fabricmirror.core.internal.json;

/**
 * Where something stands in a document.
 *
 * @param line from 1
 * @param column from 1
 * @param path the fields that lead there, such as {@code connection.secret.name}; empty text for the whole document
 */
record Place(int line, int column, String path) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column + (path.isEmpty() ? "" : ", " + path);
    }
}
