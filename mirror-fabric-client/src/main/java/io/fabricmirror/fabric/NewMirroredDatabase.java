package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.ItemReader;
import io.fabricmirror.fabric.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A mirrored database to create. Immutable. */
public final class NewMirroredDatabase {
    private final String displayName;
    private final ItemDefinition definition;
    private final String description;
    private final @Nullable UUID folderId;

    private NewMirroredDatabase(Builder builder) {
        this.displayName = builder.displayName;
        this.definition = builder.definition;
        this.description = builder.description;
        this.folderId = builder.folderId;
    }

    /**
     * Starts a mirrored database. The service takes none without a definition.
     *
     * @param displayName the name, unique among mirrored databases of the workspace
     * @param definition what it mirrors
     * @return a builder
     */
    public static Builder of(String displayName, ItemDefinition definition) {
        return new Builder(displayName, definition);
    }

    /**
     * Returns the name.
     *
     * @return the name
     */
    public String displayName() {
        return displayName;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("displayName", displayName);
        if (!description.isEmpty()) {
            json.put("description", description);
        }
        if (folderId != null) {
            json.put("folderId", folderId.toString());
        }
        json.set("definition", ItemReader.write(definition));
        return json;
    }

    @Override
    public String toString() {
        return "NewMirroredDatabase[" + displayName + "]";
    }

    /** Collects the settings of a mirrored database. Not thread-safe. */
    public static final class Builder {
        private final String displayName;
        private final ItemDefinition definition;
        private String description = "";
        private @Nullable UUID folderId;

        private Builder(String displayName, ItemDefinition definition) {
            this.displayName = Objects.requireNonNull(displayName, "displayName");
            this.definition = Objects.requireNonNull(definition, "definition");
        }

        /**
         * Sets the description; none unless set.
         *
         * @param description at most 256 characters
         * @return this
         */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /**
         * Sets the folder; the root of the workspace unless set.
         *
         * @param folderId the folder
         * @return this
         */
        public Builder folder(UUID folderId) {
            this.folderId = Objects.requireNonNull(folderId, "folderId");
            return this;
        }

        /**
         * Builds it. Nothing is sent.
         *
         * @return the mirrored database to create
         * @throws IllegalStateException if something is missing or too long; the message names all that is
         */
        public NewMirroredDatabase build() {
            List<String> wrong = new ArrayList<>();
            if (displayName.isBlank()) {
                wrong.add("displayName is blank");
            }
            if (description.length() > 256) {
                wrong.add("description has " + description.length() + " characters; give at most 256");
            }
            if (definition.part(ItemDefinition.MIRRORING_JSON).isEmpty()) {
                wrong.add("the definition has no part " + ItemDefinition.MIRRORING_JSON);
            }
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("Invalid NewMirroredDatabase: " + String.join("; ", wrong));
            }
            return new NewMirroredDatabase(this);
        }
    }
}
