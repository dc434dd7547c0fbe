package io.fabricmirror.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabricmirror.testkit.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Microsoft's published specification of the Fabric API: operations, and schemas with references across files. */
final class Swagger {
    private static final List<String> FILES = List.of("platform/swagger.json", "mirroredDatabase/swagger.json");

    private final Map<Path, JsonNode> documents = new HashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** An operation, with its path in the local Azure's form. */
    record Operation(String id, String method, String path, JsonNode node, Path file) {}

    /** A schema and the file it stands in. */
    record Schema(JsonNode node, Path file) {}

    Swagger(Path home) {
        for (String file : FILES) {
            Path path = home.resolve(file);
            document(path)
                    .path("paths")
                    .properties()
                    .forEach(entry -> entry.getValue()
                            .properties()
                            .forEach(method -> add(path, entry.getKey(), method.getKey(), method.getValue())));
        }
    }

    static Path home() {
        return Path.of(System.getProperty("oracle.home", "")).toAbsolutePath().normalize();
    }

    private void add(Path file, String path, String method, JsonNode node) {
        String id = node.path("operationId").asText();
        operations.putIfAbsent(id, new Operation(id, method.toUpperCase(Locale.ROOT), "/v1" + path, node, file));
    }

    Optional<Operation> operation(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** The schema of a request's body; empty when none is taken. */
    Optional<Schema> request(Operation operation) {
        for (JsonNode parameter : operation.node().path("parameters")) {
            Schema resolved = resolve(new Schema(parameter, operation.file()));
            if (resolved.node().path("in").asText().equals("body")) {
                return Optional.of(new Schema(resolved.node().path("schema"), resolved.file()));
            }
        }
        return Optional.empty();
    }

    /** Tells whether a status is named; errors are the default. */
    boolean names(Operation operation, int status) {
        return operation.node().path("responses").has(Integer.toString(status));
    }

    /** The schema of an answer's body; empty when it has none. */
    Optional<Schema> answer(Operation operation, int status) {
        JsonNode responses = operation.node().path("responses");
        JsonNode response = responses.has(Integer.toString(status))
                ? responses.get(Integer.toString(status))
                : responses.get("default");
        Schema resolved = resolve(new Schema(response, operation.file()));
        return resolved.node().has("schema")
                ? Optional.of(new Schema(resolved.node().get("schema"), resolved.file()))
                : Optional.empty();
    }

    /** Follows references, also into other files. */
    Schema resolve(Schema schema) {
        if (!schema.node().has("$ref")) {
            return schema;
        }

        String reference = schema.node().path("$ref").asText();
        int hash = reference.indexOf('#');
        Path file = hash == 0 ? schema.file() : sibling(schema.file(), reference.substring(0, hash));
        JsonNode found = document(file).at(reference.substring(hash + 1));
        if (found.isMissingNode()) {
            throw new IllegalStateException("Nothing at " + reference + " from " + schema.file());
        }
        return resolve(new Schema(found, file));
    }

    /** The properties of an object with all it inherits, and those of the subtype that the value names. */
    Map<String, Schema> properties(Schema schema, JsonNode value) {
        Map<String, Schema> properties = new LinkedHashMap<>(own(schema));
        discriminated(schema, value).ifPresent(subtype -> properties.putAll(own(subtype)));
        return properties;
    }

    private Map<String, Schema> own(Schema schema) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        for (JsonNode parent : schema.node().path("allOf")) {
            properties.putAll(own(resolve(new Schema(parent, schema.file()))));
        }
        schema.node()
                .path("properties")
                .properties()
                .forEach(property -> properties.put(property.getKey(), new Schema(property.getValue(), schema.file())));
        return properties;
    }

    /** The names that must be there. */
    List<String> required(Schema schema, JsonNode value) {
        List<String> required = new ArrayList<>();
        for (JsonNode parent : schema.node().path("allOf")) {
            required.addAll(required(resolve(new Schema(parent, schema.file())), value));
        }
        schema.node().path("required").forEach(name -> required.add(name.asText()));
        discriminated(schema, value)
                .ifPresent(subtype -> subtype.node().path("required").forEach(name -> required.add(name.asText())));
        return required;
    }

    private Optional<Schema> discriminated(Schema schema, JsonNode value) {
        String discriminator = schema.node().path("discriminator").asText();
        if (discriminator.isEmpty()) {
            return Optional.empty();
        }

        String kind = value.path(discriminator).asText();
        return document(schema.file()).path("definitions").properties().stream()
                .filter(definition -> definition
                        .getValue()
                        .path("x-ms-discriminator-value")
                        .asText(definition.getKey())
                        .equals(kind))
                .map(definition -> new Schema(definition.getValue(), schema.file()))
                .filter(candidate -> inherits(candidate, schema))
                .findFirst();
    }

    private boolean inherits(Schema candidate, Schema base) {
        for (JsonNode parent : candidate.node().path("allOf")) {
            Schema resolved = resolve(new Schema(parent, candidate.file()));
            if (resolved.equals(base) || inherits(resolved, base)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode document(Path file) {
        return documents.computeIfAbsent(file, path -> {
            try {
                return Json.read(Files.readString(path)).orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    // Some references have the wrong case.
    private static Path sibling(Path file, String relative) {
        Path wanted = file.resolveSibling(relative).normalize();
        if (Files.exists(wanted)) {
            return wanted;
        }
        try (Stream<Path> files = Files.walk(wanted.getParent().getParent())) {
            return files.filter(path -> path.toString().equalsIgnoreCase(wanted.toString()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
