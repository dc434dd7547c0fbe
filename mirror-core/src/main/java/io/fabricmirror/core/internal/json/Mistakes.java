package io.fabricmirror.core.internal.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects every mistake in a document. Not thread-safe. */
final class Mistakes {
    private final List<Mistake> all = new ArrayList<>();

    private record Mistake(Place at, String what) {}

    void add(Place at, String what) {
        all.add(new Mistake(at, what));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Tells whether there is one at a field or within it. */
    boolean within(String path) {
        return all.stream()
                .map(m -> m.at().path())
                .anyMatch(p -> p.equals(path) || p.startsWith(path + ".") || p.startsWith(path + "["));
    }

    /** Returns them in the order of the document, each with its place. */
    List<String> texts() {
        return all.stream()
                .sorted(Comparator.comparingInt((Mistake m) -> m.at().line()).thenComparingInt(m -> m.at().column()))
                .map(m -> m.at() + ": " + m.what())
                .toList();
    }
}
