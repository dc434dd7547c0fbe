package io.fabricmirror.core.internal.json;

import io.fabricmirror.core.internal.azure.NearestName;
import io.fabricmirror.core.internal.json.Node.Member;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the fields of one object. What is wrong is noted with its place, and reading goes on, so that all mistakes are found at once.
 * Fields that nobody asked for are mistakes too. Not thread-safe.
 */
final class Fields {
    private final Node node;
    private final Map<String, Member> members;
    private final Mistakes mistakes;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Node node, Map<String, Member> members, Mistakes mistakes) {
        this.node = node;
        this.members = members;
        this.mistakes = mistakes;
    }

    /** Reads an object; notes a mistake if it is none. */
    static <T> Optional<T> read(Node node, Mistakes mistakes, Function<Fields, Optional<T>> reader) {
        Optional<Map<String, Member>> members = node.members();
        if (members.isEmpty()) {
            mistakes.add(node.at(), "is " + node.kind() + "; give an object");
            return Optional.empty();
        }

        Fields fields = new Fields(node, members.get(), mistakes);
        Optional<T> value = reader.apply(fields);
        fields.refuseUnknown();
        return value;
    }

    /** Returns where the object stands. */
    Place at() {
        return node.at();
    }

    /** Returns where a field stands, or else the object. */
    Place at(String name) {
        Member member = members.get(name);
        if (member != null) {
            return member.node().at();
        }

        Place here = node.at();
        return new Place(here.line(), here.column(), here.path().isEmpty() ? name : here.path() + "." + name);
    }

    /** Notes a mistake of a field. */
    void wrong(String name, String what) {
        mistakes.add(at(name), what);
    }

    boolean has(String name) {
        known.add(name);
        Member member = members.get(name);
        return member != null && member.node().value() != Node.NULL;
    }

    /** Notes a mistake if a field is missing. */
    boolean require(String name, String remedy) {
        if (!has(name)) {
            wrong(name, "is missing; " + remedy);
            return false;
        }

        return true;
    }

    Optional<String> text(String name) {
        return typed(name, String.class, "a text");
    }

    Optional<Boolean> truth(String name) {
        return typed(name, Boolean.class, "true or false");
    }

    Optional<Long> number(String name) {
        return typed(name, BigDecimal.class, "a whole number").flatMap(value -> {
            try {
                return Optional.of(value.longValueExact());
            } catch (ArithmeticException e) {
                wrong(name, "is " + value + "; give a whole number");
                return Optional.empty();
            }
        });
    }

    /** Reads a text and turns it into something else; what the conversion refuses is noted. */
    <T> Optional<T> text(String name, Function<String, T> conversion) {
        return text(name).flatMap(value -> converted(name, () -> conversion.apply(value)));
    }

    /** Turns something into something else; what the conversion refuses is noted at the field. */
    <T> Optional<T> converted(String name, Supplier<T> conversion) {
        try {
            return Optional.of(conversion.get());
        } catch (IllegalArgumentException | IllegalStateException | DateTimeException e) {
            wrong(name, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    <T> Optional<T> object(String name, Function<Fields, Optional<T>> reader) {
        return has(name) ? read(value(name), mistakes, reader) : Optional.empty();
    }

    /** Reads a list of objects; those with mistakes are left out. */
    <T> List<T> objects(String name, Function<Fields, Optional<T>> reader) {
        List<T> values = new ArrayList<>();
        entries(name).forEach(entry -> read(entry, mistakes, reader).ifPresent(values::add));
        return values;
    }

    /** Reads a list of texts; what is no text is noted. */
    List<String> texts(String name) {
        List<String> values = new ArrayList<>();
        for (Node entry : entries(name)) {
            if (entry.value() instanceof String text) {
                values.add(text);
            } else {
                mistakes.add(entry.at(), "is " + entry.kind() + "; give a text");
            }
        }
        return values;
    }

    /** Reads an object whose fields are all texts, by names that are not known beforehand. */
    Map<String, String> map(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        object(name, fields -> {
            fields.members.keySet().forEach(key -> fields.text(key).ifPresent(value -> values.put(key, value)));
            return Optional.empty();
        });
        return values;
    }

    /** Returns the value of a field that is there. */
    private Node value(String name) {
        return Objects.requireNonNull(members.get(name), name).node();
    }

    private List<Node> entries(String name) {
        if (!has(name)) {
            return List.of();
        }

        Node list = value(name);
        Optional<List<Node>> entries = list.entries();
        if (entries.isEmpty()) {
            mistakes.add(list.at(), "is " + list.kind() + "; give a list");
        }
        return entries.orElse(List.of());
    }

    private <T> Optional<T> typed(String name, Class<T> type, String wanted) {
        if (!has(name)) {
            return Optional.empty();
        }

        Node value = value(name);
        if (!type.isInstance(value.value())) {
            mistakes.add(value.at(), "is " + value.kind() + "; give " + wanted);
            return Optional.empty();
        }
        return Optional.of(type.cast(value.value()));
    }

    private void refuseUnknown() {
        members.forEach((name, member) -> {
            if (!known.contains(name)) {
                List<String> free =
                        known.stream().filter(k -> !members.containsKey(k)).toList();
                mistakes.add(
                        member.at(),
                        "unknown field"
                                + NearestName.of(name, free)
                                        .map(near -> ". Did you mean \"" + near + "\"?")
                                        .orElse("; known here: " + String.join(", ", known)));
            }
        });
    }
}
