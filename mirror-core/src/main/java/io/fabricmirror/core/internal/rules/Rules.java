package io.fabricmirror.core.internal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The service's rules that move between versions of its documentation: data with a source and a date, not code. Immutable. */
public final class Rules {
    private final String date;
    private final Map<String, JsonNode> rules;

    private Rules(String date, Map<String, JsonNode> rules) {
        this.date = date;
        this.rules = Map.copyOf(rules);
    }

    /**
     * Returns the rules that come with this version.
     *
     * @return the rules
     */
    public static Rules shipped() {
        try (InputStream file = Objects.requireNonNull(Rules.class.getResourceAsStream("rules.json"))) {
            JsonNode root = new ObjectMapper().readTree(file);
            Map<String, JsonNode> rules = new HashMap<>();
            root.path("rules").forEach(rule -> rules.put(rule.path("key").asText(), rule));
            return new Rules(root.path("date").asText(), rules);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the rules that come with this version", e);
        }
    }

    /**
     * Returns the values a rule allows.
     *
     * @param key the rule
     * @return the values
     */
    public Set<String> allowed(String key) {
        Set<String> values = new HashSet<>();
        rule(key).path("allowed").forEach(value -> values.add(value.asText()));
        return values;
    }

    /**
     * Returns the least number a rule asks for.
     *
     * @param key the rule
     * @return the number
     */
    public int minimum(String key) {
        return rule(key).path("minimum").asInt();
    }

    /**
     * Returns the characters a rule forbids.
     *
     * @param key the rule
     * @return the characters
     */
    public String forbidden(String key) {
        return rule(key).path("forbidden").asText();
    }

    /**
     * Returns when the rules were last looked over.
     *
     * @return a date
     */
    public String date() {
        return date;
    }

    /**
     * Returns where a rule comes from.
     *
     * @param key the rule
     * @return key, source and the date of the table
     */
    public String source(String key) {
        return "rule " + key + ", " + rule(key).path("source").asText() + "; rules of " + date;
    }

    private JsonNode rule(String key) {
        return Objects.requireNonNull(rules.get(key), () -> "no rule " + key);
    }
}
