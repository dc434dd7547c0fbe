package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Ids;
import io.fabricmirror.fabric.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a mirrored database mirrors: the content of {@code mirroring.json}. Immutable. Fields this class does not know are kept, so a
 * definition read, changed by {@link #toBuilder()} and written again loses nothing. Equal if the JSON is, whatever its layout.
 */
public final class MirroringDefinition {
    private static final String TYPE_PROPERTIES = "typeProperties";

    private final ObjectNode root;

    private MirroringDefinition(ObjectNode root) {
        this.root = root;
    }

    /**
     * Starts a definition that mirrors a database of Azure Database for PostgreSQL, all tables with their schemas.
     *
     * @param connectionId the Fabric connection to the server
     * @param database the database
     * @return a builder, with default schema {@code public}
     */
    public static Builder postgresql(UUID connectionId, String database) {
        return new Builder(Json.object())
                .source(SourceType.AZURE_POSTGRESQL)
                .connection(connectionId)
                .database(database)
                .defaultSchema("public");
    }

    /**
     * Reads a definition.
     *
     * @param json the content of {@code mirroring.json}
     * @return the definition
     * @throws IllegalArgumentException if it is not a JSON object; the message does not quote it
     */
    public static MirroringDefinition parse(String json) {
        return new MirroringDefinition(Json.readObject(json, "mirroring.json"));
    }

    /**
     * Starts a changed definition.
     *
     * @return a builder with all that this one holds
     */
    public Builder toBuilder() {
        return new Builder(root.deepCopy());
    }

    /**
     * Returns the kind of source.
     *
     * @return the kind, or empty if not given
     */
    public Optional<SourceType> source() {
        return text(source(root), "type").map(SourceType::new);
    }

    /**
     * Returns the Fabric connection to the source.
     *
     * @return its id, or empty if not given
     */
    public Optional<UUID> connectionId() {
        return text(source(root).path(TYPE_PROPERTIES), "connection")
                .flatMap(value -> Optional.ofNullable(Ids.parse(value)));
    }

    /**
     * Returns the database at the source.
     *
     * @return its name, or empty if not given
     */
    public Optional<String> database() {
        return text(source(root).path(TYPE_PROPERTIES), "database");
    }

    /**
     * Returns the schema that unqualified names mean in the mirror. If it is given, Fabric keeps the schemas of the source; else it
     * makes them part of the table names.
     *
     * @return the schema, or empty if not given
     */
    public Optional<String> defaultSchema() {
        return text(target(root).path(TYPE_PROPERTIES), "defaultSchema");
    }

    /**
     * Returns how many days Fabric keeps deleted files of the mirrored tables.
     *
     * @return 1 to 30, or empty if not given, which means 7
     */
    public Optional<Integer> retentionDays() {
        JsonNode days = target(root).path(TYPE_PROPERTIES).path("retentionInDays");
        return days.isIntegralNumber() && days.canConvertToInt() ? Optional.of(days.intValue()) : Optional.empty();
    }

    /**
     * Returns the tables to mirror.
     *
     * @return the tables, or empty if all are mirrored, those made later included
     */
    public Optional<List<MountedTable>> tables() {
        JsonNode array = root.path("properties").path("mountedTables");
        if (!array.isArray()) {
            return Optional.empty();
        }
        List<MountedTable> tables = new ArrayList<>();
        array.forEach(entry -> tables.add(table(entry)));
        return Optional.of(List.copyOf(tables));
    }

    /**
     * Writes the definition.
     *
     * @return the content of {@code mirroring.json}
     */
    public String json() {
        return Json.pretty(root);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MirroringDefinition definition && root.equals(definition.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return json();
    }

    private static JsonNode source(JsonNode root) {
        return root.path("properties").path("source");
    }

    private static JsonNode target(JsonNode root) {
        return root.path("properties").path("target");
    }

    private static Optional<String> text(JsonNode node, String name) {
        String value = node.path(name).textValue();
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static MountedTable table(JsonNode entry) {
        JsonNode properties = entry.path("source").path(TYPE_PROPERTIES);
        return new MountedTable(
                text(properties, "schemaName").orElse(""),
                text(properties, "tableName").orElse(""));
    }

    /** Collects a definition. Not thread-safe. */
    public static final class Builder {
        private final ObjectNode root;

        private Builder(ObjectNode root) {
            this.root = root;
            ObjectNode target = object(object(root, "properties"), "target");
            if (!target.hasNonNull("type")) {
                target.put("type", "MountedRelationalDatabase");
            }
            ObjectNode properties = object(target, TYPE_PROPERTIES);
            if (!properties.hasNonNull("format")) {
                properties.put("format", "Delta");
            }
        }

        /**
         * Sets the kind of source.
         *
         * @param type the kind
         * @return this
         */
        public Builder source(SourceType type) {
            object(object(root, "properties"), "source").put("type", type.value());
            return this;
        }

        /**
         * Sets the Fabric connection to the source. The service takes a change only while the mirrored database is initialized or
         * stopped.
         *
         * @param connectionId the connection
         * @return this
         */
        public Builder connection(UUID connectionId) {
            sourceProperties().put("connection", connectionId.toString());
            return this;
        }

        /**
         * Sets the database at the source. The service takes a change only while the mirrored database is initialized or stopped.
         *
         * @param database its name
         * @return this
         */
        public Builder database(String database) {
            sourceProperties().put("database", Objects.requireNonNull(database, "database"));
            return this;
        }

        /**
         * Sets the default schema, see {@link MirroringDefinition#defaultSchema()}. The service takes a change only while the
         * mirrored database is initialized or stopped.
         *
         * @param schema the schema
         * @return this
         */
        public Builder defaultSchema(String schema) {
            targetProperties().put("defaultSchema", Objects.requireNonNull(schema, "schema"));
            return this;
        }

        /**
         * Makes schemas part of the table names, by taking the default schema away.
         *
         * @return this
         */
        public Builder withoutDefaultSchema() {
            targetProperties().remove("defaultSchema");
            return this;
        }

        /**
         * Sets how many days Fabric keeps deleted files of the mirrored tables; the service takes 7 unless set.
         *
         * @param days 1 to 30
         * @return this
         */
        public Builder retentionDays(int days) {
            targetProperties().put("retentionInDays", days);
            return this;
        }

        /**
         * Mirrors all tables, those made later included.
         *
         * @return this
         */
        public Builder allTables() {
            object(root, "properties").remove("mountedTables");
            return this;
        }

        /**
         * Mirrors certain tables. What the definition holds about a table that stays is kept.
         *
         * @param tables the tables
         * @return this
         */
        public Builder tables(List<MountedTable> tables) {
            ObjectNode properties = object(root, "properties");
            JsonNode before = properties.path("mountedTables");
            ArrayNode after = Json.object().arrayNode();
            tables.forEach(wanted -> after.add(entry(before, wanted)));
            properties.set("mountedTables", after);
            return this;
        }

        /**
         * Builds the definition.
         *
         * @return the definition
         * @throws IllegalStateException if the retention is not 1 to 30 days, or there is no source
         */
        public MirroringDefinition build() {
            MirroringDefinition definition = new MirroringDefinition(root.deepCopy());
            int days = definition.retentionDays().orElse(7);
            if (days < 1 || days > 30) {
                throw new IllegalStateException(
                        "Invalid MirroringDefinition: retentionDays is " + days + "; give 1 to 30");
            }
            if (definition.source().isEmpty()) {
                throw new IllegalStateException("Invalid MirroringDefinition: source is not set");
            }
            return definition;
        }

        private static ObjectNode entry(JsonNode before, MountedTable wanted) {
            for (JsonNode entry : before) {
                if (entry instanceof ObjectNode object && table(entry).equals(wanted)) {
                    return object;
                }
            }
            ObjectNode entry = Json.object();
            object(object(entry, "source"), TYPE_PROPERTIES)
                    .put("schemaName", wanted.schemaName())
                    .put("tableName", wanted.tableName());
            return entry;
        }

        private ObjectNode sourceProperties() {
            return object(object(object(root, "properties"), "source"), TYPE_PROPERTIES);
        }

        private ObjectNode targetProperties() {
            return object(object(object(root, "properties"), "target"), TYPE_PROPERTIES);
        }

        private static ObjectNode object(ObjectNode parent, String name) {
            return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
        }
    }
}
