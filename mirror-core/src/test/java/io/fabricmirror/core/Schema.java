package io.fabricmirror.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** As much of JSON Schema as the plan's schema uses; a keyword that is not understood here is an error. */
final class Schema {
    private static final Set<String> UNDERSTOOD = Set.of(
            "minimum",
            "maximum",
            "$schema",
            "title",
            "description",
            "default",
            "type",
            "additionalProperties",
            "required",
            "properties",
            "const",
            "enum",
            "minLength",
            "maxLength",
            "pattern",
            "oneOf",
            "minItems",
            "items",
            "$defs",
            "$ref");

    private final JsonNode root;

    Schema(String text) throws Exception {
        root = new ObjectMapper().readTree(text);
    }

    List<String> errors(String document) throws Exception {
        List<String> errors = new ArrayList<>();
        check(root, new ObjectMapper().readTree(document), "$", errors);
        return errors;
    }

    /** Returns the names of the fields at a path of the schema. */
    Set<String> fields(String pointer) {
        Set<String> names = new TreeSet<>();
        root.at(pointer).path("properties").fieldNames().forEachRemaining(names::add);
        root.at(pointer)
                .path("oneOf")
                .forEach(one -> one.path("properties").fieldNames().forEachRemaining(names::add));
        return names;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> errors) {
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!UNDERSTOOD.contains(keyword)) {
                throw new IllegalArgumentException("keyword " + keyword);
            }
        });
        if (schema.has("$ref")) {
            check(root.at(schema.get("$ref").asText().substring(1)), value, at, errors);
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            errors.add(at + " is not " + schema.get("const"));
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            errors.add(at + " is none of " + schema.get("enum"));
        }
        if (schema.has("type") && !isA(schema.get("type").asText(), value)) {
            errors.add(at + " is no " + schema.get("type").asText());
            return;
        }
        if (value.isInt()
                && (value.asInt() < schema.path("minimum").asInt(Integer.MIN_VALUE)
                        || value.asInt() > schema.path("maximum").asInt(Integer.MAX_VALUE))) {
            errors.add(at + " is out of bounds");
        }
        if (value.isTextual()) {
            checkText(schema, value.asText(), at, errors);
        } else if (value.isArray()) {
            if (value.size() < schema.path("minItems").asInt(0)) {
                errors.add(at + " is too short");
            }
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.get(i), at + "[" + i + "]", errors);
            }
        } else if (value.isObject()) {
            checkObject(schema, value, at, errors);
        }
    }

    private void checkText(JsonNode schema, String text, String at, List<String> errors) {
        boolean fits = text.length() >= schema.path("minLength").asInt(0)
                && text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE);
        if (!fits
                || (schema.has("pattern")
                        && !Pattern.compile(schema.get("pattern").asText())
                                .matcher(text)
                                .find())) {
            errors.add(at + " does not fit");
        }
    }

    private void checkObject(JsonNode schema, JsonNode value, String at, List<String> errors) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                errors.add(at + " lacks " + name.asText());
            }
        });
        value.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            if (!known.isMissingNode()) {
                check(known, field.getValue(), at + "." + field.getKey(), errors);
            } else if (schema.path("additionalProperties").isBoolean()) {
                errors.add(at + " has unknown " + field.getKey());
            }
        });
        if (schema.has("oneOf")) {
            int fitting = 0;
            for (JsonNode one : schema.get("oneOf")) {
                List<String> wrong = new ArrayList<>();
                check(one, value, at, wrong);
                fitting += wrong.isEmpty() ? 1 : 0;
            }
            if (fitting != 1) {
                errors.add(at + " fits " + fitting + " of the ways instead of one");
            }
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isInt();
            default -> throw new IllegalArgumentException("type " + type);
        };
    }
}
