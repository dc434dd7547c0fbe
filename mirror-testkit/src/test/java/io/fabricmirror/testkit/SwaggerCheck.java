package io.fabricmirror.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.Swagger.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares a body with the specification: what must be there is, what is there may be, and each value fits. */
final class SwaggerCheck {
    // Recorded as null although the specification knows no null.
    private static final Set<String> RECORDED_NULL = Set.of(
            "oneLakeTablesPath",
            "connectionString",
            "id",
            "allowedValues",
            "percentComplete",
            "error",
            "continuationToken",
            "continuationUri",
            "folderId");

    private final Swagger swagger;
    private final List<String> problems = new ArrayList<>();

    SwaggerCheck(Swagger swagger) {
        this.swagger = swagger;
    }

    List<String> problems(JsonNode value, Schema schema) {
        check("$", value, schema);
        return problems;
    }

    private void check(String where, JsonNode value, Schema given) {
        Schema schema = swagger.resolve(given);
        if (value.isNull()) {
            String name = where.substring(where.lastIndexOf('.') + 1);
            problem(!RECORDED_NULL.contains(name), where + " is null");
            return;
        }

        String type = schema.node().path("type").asText("object");
        switch (type) {
            case "array" -> {
                problem(!value.isArray(), where + " is no array");
                int i = 0;
                for (JsonNode item : value) {
                    check(
                            where + "[" + i++ + "]",
                            item,
                            new Schema(schema.node().path("items"), schema.file()));
                }
            }
            case "string" -> text(where, value, schema.node());
            case "integer" -> problem(!value.isIntegralNumber(), where + " is no integer");
            case "number" -> problem(!value.isNumber(), where + " is no number");
            case "boolean" -> problem(!value.isBoolean(), where + " is no boolean");
            default -> object(where, value, schema);
        }
    }

    private void object(String where, JsonNode value, Schema schema) {
        problem(!value.isObject(), where + " is no object");
        Map<String, Schema> known = swagger.properties(schema, value);
        for (String name : swagger.required(schema, value)) {
            // Recorded: details of an error may have nothing but the resource they are about.
            boolean detail = where.contains(".moreDetails[");
            problem(!value.has(name) && !detail, where + "." + name + " is missing");
        }
        value.properties().forEach(member -> {
            Schema property = known.get(member.getKey());
            if (property == null) {
                problem(true, where + "." + member.getKey() + " is not known");
            } else {
                check(where + "." + member.getKey(), member.getValue(), property);
            }
        });
    }

    private void text(String where, JsonNode value, JsonNode schema) {
        problem(!value.isTextual(), where + " is no text");
        String text = value.asText();
        if (schema.has("enum")) {
            boolean named = false;
            for (JsonNode allowed : schema.get("enum")) {
                named |= allowed.asText().equals(text);
            }
            problem(!named, where + " is \"" + text + "\", which the specification does not name");
        }
        if (schema.path("format").asText().equals("uuid")) {
            problem(!text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), where + " is no GUID");
        }
        if (schema.path("format").asText().equals("date-time")) {
            problem(!text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?"), where + " is no time");
        }
    }

    private void problem(boolean wrong, String text) {
        if (wrong) {
            problems.add(text);
        }
    }
}
