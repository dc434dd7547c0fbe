package io.fabricmirror.fabric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabricmirror.fabric.Specification.Operation;
import io.fabricmirror.fabric.Specification.Schema;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares a request with the specification, strictly: what it does not name must not be sent. */
final class SpecificationCheck {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Specification specification;
    private final List<String> problems = new ArrayList<>();

    SpecificationCheck(Specification specification) {
        this.specification = specification;
    }

    /** What is wrong with a request; empty if nothing. */
    List<String> problems(Operation operation, String pathAndQuery, @Nullable String body) {
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        Map<String, String> query = query(question < 0 ? "" : pathAndQuery.substring(question + 1));
        Matcher matcher = operation.path().matcher(path);
        if (!matcher.matches()) {
            problems.add("path " + path);
        }

        JsonNode bodyParameter = null;
        Set<String> known = new HashSet<>();
        for (JsonNode reference : operation.node().path("parameters")) {
            JsonNode parameter = specification
                    .resolve(new Schema(operation.file(), "", reference))
                    .node();
            String name = parameter.path("name").asText();
            known.add(name);
            switch (parameter.path("in").asText()) {
                case "path" -> value(name, matcher.group(operation.pathNames().indexOf(name) + 1), parameter);
                case "query" -> {
                    if (query.containsKey(name)) {
                        value(name, query.get(name), parameter);
                    } else if (parameter.path("required").asBoolean()) {
                        problems.add("query parameter " + name + " is missing");
                    }
                }
                case "body" -> bodyParameter = parameter;
                default -> problems.add("parameter in " + parameter.path("in"));
            }
        }
        query.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add("query parameter " + name + " is not known"));
        body(operation, bodyParameter, body);
        return List.copyOf(problems);
    }

    private void body(Operation operation, @Nullable JsonNode parameter, @Nullable String body) {
        boolean given = body != null && !body.isEmpty();
        if (parameter == null) {
            if (given) {
                problems.add("a body is not known");
            }
            return;
        }
        if (!given) {
            if (parameter.path("required").asBoolean()) {
                problems.add("the body is missing");
            }
            return;
        }
        try {
            check("$", JSON.readTree(body), new Schema(operation.file(), "", parameter.path("schema")));
        } catch (JsonProcessingException e) {
            problems.add("the body is no JSON");
        }
    }

    private void value(String name, String text, JsonNode parameter) {
        switch (parameter.path("type").asText()) {
            case "boolean" -> {
                if (!text.equals("true") && !text.equals("false")) {
                    problems.add(name + " is no boolean");
                }
            }
            case "string" -> text(name, text, parameter);
            default -> problems.add(name + " is of type " + parameter.path("type") + ", which is not checked");
        }
    }

    private void check(String where, JsonNode value, Schema given) {
        Schema schema = specification.resolve(given);
        Schema exact = narrowed(where, value, schema);
        String type = exact.node().path("type").asText(exact.node().has("allOf") ? "object" : "");
        switch (type) {
            case "object", "" -> object(where, value, exact);
            case "array" -> {
                if (!value.isArray()) {
                    problems.add(where + " is no array");
                }
                for (int i = 0; i < value.size(); i++) {
                    check(
                            where + "[" + i + "]",
                            value.get(i),
                            new Schema(exact.file(), "", exact.node().path("items")));
                }
            }
            case "string" -> {
                if (value.isTextual()) {
                    text(where, value.textValue(), exact.node());
                } else {
                    problems.add(where + " is no string");
                }
            }
            case "integer" -> require(value.isIntegralNumber(), where + " is no integer");
            case "number" -> require(value.isNumber(), where + " is no number");
            case "boolean" -> require(value.isBoolean(), where + " is no boolean");
            default -> problems.add(where + " has type " + type + ", which is not checked");
        }
    }

    private void require(boolean right, String problem) {
        if (!right) {
            problems.add(problem);
        }
    }

    private Schema narrowed(String where, JsonNode value, Schema schema) {
        String discriminator = discriminator(schema);
        if (discriminator.isEmpty() || !value.has(discriminator)) {
            return schema;
        }
        String kind = value.path(discriminator).asText();
        return specification.subtype(schema, kind).orElseGet(() -> {
            problems.add(where + " is of unknown kind " + kind);
            return schema;
        });
    }

    private static String discriminator(Schema schema) {
        return schema.node().path("discriminator").asText();
    }

    private void object(String where, JsonNode value, Schema schema) {
        if (!value.isObject()) {
            problems.add(where + " is no object");
            return;
        }
        Map<String, Schema> known = new HashMap<>();
        Set<String> required = new HashSet<>();
        collect(schema, known, required);
        for (String name : required) {
            if (!value.has(name)) {
                problems.add(where + "." + name + " is missing");
            }
        }
        value.properties().forEach(field -> {
            Schema property = known.get(field.getKey());
            if (property == null) {
                problems.add(where + "." + field.getKey() + " is not known");
            } else if (property.node().path("readOnly").asBoolean()) {
                problems.add(where + "." + field.getKey() + " is read-only");
            } else {
                check(where + "." + field.getKey(), field.getValue(), property);
            }
        });
    }

    private void collect(Schema schema, Map<String, Schema> known, Set<String> required) {
        for (JsonNode parent : schema.node().path("allOf")) {
            collect(specification.resolve(new Schema(schema.file(), "", parent)), known, required);
        }
        schema.node()
                .path("properties")
                .properties()
                .forEach(property -> known.put(property.getKey(), new Schema(schema.file(), "", property.getValue())));
        schema.node().path("required").forEach(name -> required.add(name.asText()));
    }

    private void text(String where, String text, JsonNode schema) {
        if (schema.has("enum")) {
            Set<String> values = new HashSet<>();
            schema.path("enum").forEach(value -> values.add(value.asText()));
            require(values.contains(text), where + " is " + text + ", not one of " + values);
        }
        if (schema.path("format").asText().equals("uuid")) {
            require(GUID.matcher(text).matches(), where + " is no GUID");
        }
        int longest = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        require(text.length() <= longest, where + " is longer than " + longest);
    }

    private static Map<String, String> query(String query) {
        Map<String, String> all = new HashMap<>();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            all.put(
                    parameter.substring(0, equals),
                    URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return all;
    }
}
