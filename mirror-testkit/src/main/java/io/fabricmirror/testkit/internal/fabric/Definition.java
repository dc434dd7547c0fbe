package io.fabricmirror.testkit.internal.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.testkit.internal.http.Refusal;
import io.fabricmirror.testkit.internal.json.Json;
import io.fabricmirror.testkit.internal.mirror.TableRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a mirrored database is defined by.
 *
 * @param mirroring the content of {@code mirroring.json}
 */
record Definition(JsonNode mirroring) {
    private static final String PLATFORM_SCHEMA =
            "https://developer.microsoft.com/json-schemas/fabric/gitIntegration/platformProperties/2.0.0/schema.json";

    /** Reads the definition of a request. */
    static Definition read(JsonNode request) {
        JsonNode definition = request.path("definition");
        if (!definition.isObject()) {
            throw FabricErrors.refuse(400, "MissingDefinition", "The definition is required for the item type");
        }

        for (JsonNode part : definition.path("parts")) {
            if (part.path("path").asText().equals("mirroring.json")) {
                return checked(content(part));
            }
        }
        throw FabricErrors.refuse(400, "MissingDefinitionParts", "The definition has no part mirroring.json");
    }

    /** Returns the metadata in the system's own file of a request; missing when the file is not there. */
    static JsonNode metadata(JsonNode request) {
        for (JsonNode part : request.path("definition").path("parts")) {
            if (part.path("path").asText().equals(".platform")) {
                return content(part).path("metadata");
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode content(JsonNode part) {
        if (!part.path("payloadType").asText().equals("InlineBase64")) {
            throw FabricErrors.refuse(400, "UnsupportedPayloadType", "The payload type is not supported");
        }

        try {
            byte[] bytes = Base64.getDecoder().decode(part.path("payload").asText());
            return Json.read(new String(bytes, StandardCharsets.UTF_8)).orElseThrow(Definition::corrupted);
        } catch (IllegalArgumentException notBase64) {
            throw corrupted();
        }
    }

    private static Definition checked(JsonNode content) {
        Definition definition = new Definition(content);
        JsonNode target = content.path("properties").path("target");
        boolean targetFits = target.path("type").asText().equals("MountedRelationalDatabase")
                && target.path("typeProperties").path("format").asText().equals("Delta");
        boolean sourceFits = !definition.sourceType().isEmpty()
                && (!definition.isPostgres()
                        || definition.connectionId().filter(Definition::isGuid).isPresent());
        if (!targetFits || !sourceFits) {
            throw corrupted();
        }
        return definition;
    }

    private static boolean isGuid(String text) {
        return text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    private static Refusal corrupted() {
        return FabricErrors.refuse(400, "CorruptedPayload", "The provided payload is corrupted");
    }

    String sourceType() {
        return mirroring.path("properties").path("source").path("type").asText("");
    }

    boolean isPostgres() {
        return sourceType().equals("AzurePostgreSql");
    }

    Optional<String> connectionId() {
        return Json.text(mirroring, "properties", "source", "typeProperties", "connection");
    }

    Optional<String> database() {
        return Json.text(mirroring, "properties", "source", "typeProperties", "database");
    }

    Optional<String> defaultSchema() {
        return Json.text(mirroring, "properties", "target", "typeProperties", "defaultSchema");
    }

    /** Tells whether another definition reads from the same place into the same schema. */
    boolean sameSource(Definition other) {
        return connectionId().equals(other.connectionId())
                && database().equals(other.database())
                && defaultSchema().equals(other.defaultSchema());
    }

    /** Returns the tables named; empty when all are to be followed. */
    Optional<List<TableRef>> mountedTables() {
        JsonNode mounted = mirroring.path("properties").path("mountedTables");
        if (!mounted.isArray()) {
            return Optional.empty();
        }

        List<TableRef> tables = new ArrayList<>();
        for (JsonNode table : mounted) {
            JsonNode names = table.path("source").path("typeProperties");
            tables.add(new TableRef(
                    names.path("schemaName").asText(), names.path("tableName").asText()));
        }
        return Optional.of(tables);
    }

    /** Writes the definition back: the same content, re-written, and the system's own file. */
    ObjectNode json(String displayName, String description) {
        ObjectNode metadata = Json.object(
                "type",
                "MirroredDatabase",
                "displayName",
                displayName,
                "description",
                description.isEmpty() ? Optional.empty() : description);
        ObjectNode platform = Json.object(
                "$schema", PLATFORM_SCHEMA,
                "metadata", metadata,
                "config", Json.object("version", "2.0", "logicalId", "00000000-0000-0000-0000-000000000000"));
        return Json.object(
                "definition",
                Json.object(
                        "parts",
                        List.of(
                                part("mirroring.json", Json.pretty(mirroring, "\r\n")),
                                part(".platform", Json.pretty(platform, "\n")))));
    }

    private static ObjectNode part(String path, String content) {
        String payload = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        return Json.object("path", path, "payload", payload, "payloadType", "InlineBase64");
    }
}
