package io.fabricmirror.core.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A value in a document, with where it stands.
 *
 * @param value a map of members, a list of nodes, a text, a number, a boolean, or {@link #NULL}
 * @param at where it begins
 */
record Node(Object value, Place at) {
    /** What stands for null. */
    static final Object NULL = new Object();

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int DEEPEST = 50;

    /**
     * A member of an object.
     *
     * @param node its value
     * @param at where its name begins
     */
    record Member(Node node, Place at) {}

    /** Reads a document; notes what is no JSON, and returns empty then. */
    static Optional<Node> parse(String text, Mistakes mistakes) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            if (parser.currentToken() == null) {
                mistakes.add(new Place(1, 1, ""), "the document is empty");
                return Optional.empty();
            }

            Node root = read(parser, "", mistakes, 0);
            if (parser.nextToken() != null) {
                mistakes.add(place(parser, ""), "something follows the end of the document");
            }
            return Optional.of(root);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            Place place = at == null ? new Place(1, 1, "") : new Place(at.getLineNr(), at.getColumnNr(), "");
            mistakes.add(place, "this is no JSON: " + e.getOriginalMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the members, if this is an object. */
    @SuppressWarnings("unchecked")
    Optional<Map<String, Member>> members() {
        return value instanceof Map<?, ?> map ? Optional.of((Map<String, Member>) map) : Optional.empty();
    }

    /** Returns the entries, if this is a list. */
    @SuppressWarnings("unchecked")
    Optional<List<Node>> entries() {
        return value instanceof List<?> list ? Optional.of((List<Node>) list) : Optional.empty();
    }

    /** Says in words what kind of value this is. */
    String kind() {
        if (value instanceof Map) {
            return "an object";
        } else if (value instanceof List) {
            return "a list";
        } else if (value instanceof String) {
            return "a text";
        } else if (value instanceof Boolean) {
            return "true or false";
        }
        return value == NULL ? "null" : "a number";
    }

    private static Node read(JsonParser parser, String path, Mistakes mistakes, int depth) throws IOException {
        Place at = place(parser, path);
        if (depth > DEEPEST) {
            mistakes.add(at, "nested too deeply");
            parser.skipChildren();
            return new Node(NULL, at);
        }

        return switch (Objects.requireNonNull(parser.currentToken())) {
            case START_OBJECT -> new Node(object(parser, path, mistakes, depth), at);
            case START_ARRAY -> new Node(list(parser, path, mistakes, depth), at);
            case VALUE_STRING -> new Node(parser.getText(), at);
            case VALUE_TRUE, VALUE_FALSE -> new Node(parser.getBooleanValue(), at);
            case VALUE_NULL -> new Node(NULL, at);
            default -> new Node(parser.getDecimalValue(), at);
        };
    }

    private static Map<String, Member> object(JsonParser parser, String path, Mistakes mistakes, int depth)
            throws IOException {
        Map<String, Member> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String memberPath = path.isEmpty() ? name : path + "." + name;
            Place at = place(parser, memberPath);
            parser.nextToken();
            Member member = new Member(read(parser, memberPath, mistakes, depth + 1), at);
            if (members.putIfAbsent(name, member) != null) {
                mistakes.add(at, "the field stands here a second time");
            }
        }
        return members;
    }

    private static List<Node> list(JsonParser parser, String path, Mistakes mistakes, int depth) throws IOException {
        List<Node> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            entries.add(read(parser, path + "[" + entries.size() + "]", mistakes, depth + 1));
        }
        return entries;
    }

    private static Place place(JsonParser parser, String path) {
        JsonLocation at = parser.currentTokenLocation();
        return new Place(at.getLineNr(), at.getColumnNr(), path);
    }
}
