package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The published specification of the service: its operations, its schemas across files, its examples. */
final class Specification {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> FILES = List.of("platform/swagger.json", "mirroredDatabase/swagger.json");

    private final Path home;
    private final Map<Path, JsonNode> documents = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();

    /** An operation; the path is a pattern with a group for each parameter. */
    record Operation(String id, String method, Pattern path, List<String> pathNames, Path file, JsonNode node) {}

    /** A schema and where it stands. */
    record Schema(Path file, String pointer, JsonNode node) {}

    /** An example of an answer. */
    record Example(String file, int status, JsonNode body, JsonNode headers) {
        @Override
        public String toString() {
            return file + " " + status;
        }
    }

    Specification(Path home) {
        this.home = home;
        for (String file : FILES) {
            Path path = home.resolve(file);
            document(path).path("paths").properties().forEach(entry -> addPath(path, entry.getKey(), entry.getValue()));
        }
    }

    private void addPath(Path file, String template, JsonNode methods) {
        List<String> names = new ArrayList<>();
        Pattern.compile("\\{(\\w+)}").matcher(template).results().forEach(match -> names.add(match.group(1)));
        String withoutQuery = template.replaceFirst("\\?.*", "");
        Pattern path = Pattern.compile("/v1" + withoutQuery.replaceAll("\\{\\w+}", "([^/]+)"));
        methods.properties()
                .forEach(method -> operations.add(new Operation(
                        method.getValue().path("operationId").asText(),
                        method.getKey().toUpperCase(java.util.Locale.ROOT),
                        path,
                        names,
                        file,
                        method.getValue())));
    }

    List<Operation> operations() {
        return operations;
    }

    Optional<Operation> find(String method, String path) {
        // A literal path such as /connections/supportedConnectionTypes goes before one with a parameter.
        return operations.stream()
                .filter(operation -> operation.method().equals(method))
                .filter(operation -> operation.path().matcher(path).matches())
                .min(java.util.Comparator.comparingInt(
                        operation -> operation.pathNames().size()));
    }

    /** Follows references, which may lead into other files. */
    Schema resolve(Schema schema) {
        Schema resolved = schema;
        while (resolved.node().has("$ref")) {
            String reference = resolved.node().path("$ref").asText();
            int hash = reference.indexOf('#');
            Path file = hash == 0 ? resolved.file() : sibling(resolved.file(), reference.substring(0, hash));
            String pointer = reference.substring(hash + 1);
            resolved = new Schema(file, pointer, document(file).at(pointer));
        }
        if (resolved.node().isMissingNode()) {
            throw new IllegalStateException("No schema at " + resolved);
        }
        return resolved;
    }

    /** The schema that a value of the discriminator stands for. */
    Optional<Schema> subtype(Schema base, String value) {
        for (Map.Entry<Path, JsonNode> document : Map.copyOf(documents).entrySet()) {
            for (var definition : document.getValue().path("definitions").properties()) {
                Schema schema =
                        new Schema(document.getKey(), "/definitions/" + definition.getKey(), definition.getValue());
                String own =
                        definition.getValue().path("x-ms-discriminator-value").asText(definition.getKey());
                if (own.equals(value) && extendsBase(schema, base)) {
                    return Optional.of(schema);
                }
            }
        }
        return Optional.empty();
    }

    private boolean extendsBase(Schema schema, Schema base) {
        for (JsonNode parent : schema.node().path("allOf")) {
            Schema resolved = resolve(new Schema(schema.file(), "", parent));
            boolean same =
                    resolved.file().equals(base.file()) && resolved.pointer().equals(base.pointer());
            if (same || extendsBase(resolved, base)) {
                return true;
            }
        }
        return false;
    }

    /** The examples of an operation, from the files it names. */
    List<Example> examples(Operation operation) {
        Map<String, Example> all = new LinkedHashMap<>();
        operation.node().path("x-ms-examples").forEach(reference -> {
            Path file = sibling(operation.file(), reference.path("$ref").asText());
            document(file)
                    .path("responses")
                    .properties()
                    .forEach(answer -> all.put(
                            file.getFileName() + answer.getKey(),
                            new Example(
                                    file.getFileName().toString(),
                                    Integer.parseInt(answer.getKey()),
                                    answer.getValue().path("body"),
                                    answer.getValue().path("headers"))));
        });
        return List.copyOf(all.values());
    }

    private JsonNode document(Path file) {
        return documents.computeIfAbsent(file, path -> {
            try {
                return JSON.readTree(Files.readAllBytes(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Some references have the wrong case, which matters on some file systems only. */
    private Path sibling(Path file, String relative) {
        Path wanted = file.resolveSibling(relative).normalize();
        if (Files.exists(wanted)) {
            return wanted;
        }
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(path -> path.toString().equalsIgnoreCase(wanted.toString()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No file " + wanted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
