package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Ids;
import io.fabricmirror.fabric.internal.Json;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code .platform}, which the service writes beside the definition of an item. Immutable. An untouched one is
 * written as it was read, byte for byte; a changed one keeps the fields this class does not know.
 */
public final class PlatformFile {
    private static final String SCHEMA = "https://developer.microsoft.com/json-schemas/fabric/gitIntegration/"
            + "platformProperties/2.0.0/schema.json";

    private final String text;
    private final ObjectNode root;

    private PlatformFile(String text, ObjectNode root) {
        this.text = text;
        this.root = root;
    }

    /**
     * Creates the file of a new item.
     *
     * @param type the kind of item
     * @param displayName its name
     * @param logicalId what ties the item to its folder in Git; never the same in two folders
     * @return the file
     */
    public static PlatformFile of(ItemType type, String displayName, UUID logicalId) {
        ObjectNode root = Json.object().put("$schema", SCHEMA);
        root.putObject("metadata").put("type", type.value()).put("displayName", displayName);
        root.putObject("config").put("version", "2.0").put("logicalId", logicalId.toString());
        return new PlatformFile(Json.pretty(root), root);
    }

    /**
     * Reads a file.
     *
     * @param json the content of {@code .platform}
     * @return the file
     * @throws IllegalArgumentException if it is not a JSON object
     */
    public static PlatformFile parse(String json) {
        return new PlatformFile(json, Json.readObject(json, ".platform"));
    }

    /**
     * Returns the kind of item.
     *
     * @return the kind, or empty if not given
     */
    public Optional<ItemType> type() {
        return metadata("type").map(ItemType::new);
    }

    /**
     * Returns the name of the item.
     *
     * @return the name, or empty if not given
     */
    public Optional<String> displayName() {
        return metadata("displayName");
    }

    /**
     * Returns the description of the item.
     *
     * @return the description, or empty if not given
     */
    public Optional<String> description() {
        return metadata("description");
    }

    /**
     * Returns what ties the item to its folder in Git.
     *
     * @return the id, all zero if the workspace is not connected to Git, or empty if not given
     */
    public Optional<UUID> logicalId() {
        return Optional.ofNullable(
                Ids.parse(root.path("config").path("logicalId").asText("")));
    }

    /**
     * Changes the name.
     *
     * @param displayName the name
     * @return a changed copy
     */
    public PlatformFile withDisplayName(String displayName) {
        ObjectNode copy = root.deepCopy();
        object(copy, "metadata").put("displayName", Objects.requireNonNull(displayName, "displayName"));
        return new PlatformFile(Json.pretty(copy), copy);
    }

    /**
     * Changes what ties the item to its folder in Git, for a copy of a folder.
     *
     * @param logicalId the id
     * @return a changed copy
     */
    public PlatformFile withLogicalId(UUID logicalId) {
        ObjectNode copy = root.deepCopy();
        object(copy, "config").put("logicalId", logicalId.toString());
        return new PlatformFile(Json.pretty(copy), copy);
    }

    /**
     * Writes the file.
     *
     * @return the content of {@code .platform}
     */
    public String json() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlatformFile file && root.equals(file.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private Optional<String> metadata(String name) {
        String value = root.path("metadata").path(name).textValue();
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
    }
}
