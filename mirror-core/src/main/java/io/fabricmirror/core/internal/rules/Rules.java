package io.fabricmirror.core.internal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

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
     * Returns the rules that come with this version, with those of a file in place of theirs.
     *
     * @param file a file of the same form; may hold some of the rules only
     * @return the rules
     * @throws IllegalStateException if the file cannot be read, or holds a rule that this version does not know
     */
    public static Rules of(Path file) {
        Rules shipped = shipped();
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            Map<String, JsonNode> rules = new HashMap<>(shipped.rules);
            for (JsonNode rule : root.path("rules")) {
                String key = rule.path("key").asText();
                JsonNode known = shipped.rules.get(key);
                if (known == null
                        || !kind(known).equals(kind(rule))
                        || !rule.path("source").isTextual()) {
                    throw new IllegalStateException("Cannot read the rules in " + file + ": \"" + key
                            + "\" is no rule of this version" + " with a source and "
                            + (known == null ? "a known key" : "\"" + kind(known) + "\""));
                }
                rules.put(key, rule);
            }
            if (!root.path("date").isTextual()) {
                throw new IllegalStateException("Cannot read the rules in " + file + ": missing field \"date\"");
            }
            return new Rules(root.path("date").asText(), rules);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the rules in " + file + ": " + e.getMessage(), e);
        }
    }

    private static String kind(JsonNode rule) {
        return Stream.of("allowed", "minimum", "maximum", "forbidden")
                .filter(rule::has)
                .findFirst()
                .orElse("nothing");
    }

    /**
     * Tells whether a rule allows a value; {@code *} allows all.
     *
     * @param key the rule
     * @param value the value
     * @return whether it is allowed
     */
    public boolean allows(String key, String value) {
        Set<String> allowed = allowed(key);
        return allowed.contains("*") || allowed.contains(value);
    }

    /**
     * Returns the greatest number a rule admits.
     *
     * @param key the rule
     * @return the number
     */
    public int maximum(String key) {
        return rule(key).path("maximum").asInt();
    }

    /**
     * Tells whether breaking a rule is only a warning.
     *
     * @param key the rule
     * @return whether it is; else it stands in the way
     */
    public boolean isWarning(String key) {
        return rule(key).path("severity").asText("error").equals("warning");
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
