package io.fabricmirror.testkit.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the model.
 *
 * @param status the HTTP status
 * @param headers the headers, in order
 * @param body the body, empty text when there is none
 */
public record Answer(int status, Map<String, String> headers, String body) {

    /** Answers with JSON. */
    public static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
    }

    /** Answers without a body. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), "");
    }

    /** Returns the same answer with one header more, or changed. */
    public Answer with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new Answer(status, changed, body);
    }

    @Override
    public String toString() {
        return "answer " + status; // never the body: a vault's answer holds a secret
    }
}
