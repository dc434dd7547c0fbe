package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A workspace to create. Immutable. */
public final class NewWorkspace {
    private final String displayName;
    private final String description;
    private final @Nullable UUID capacityId;

    private NewWorkspace(Builder builder) {
        this.displayName = builder.displayName;
        this.description = builder.description;
        this.capacityId = builder.capacityId;
    }

    /**
     * Starts a workspace.
     *
     * @param displayName the name, at most 256 characters, unique in the tenant
     * @return a builder
     */
    public static Builder named(String displayName) {
        return new Builder(displayName);
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
        if (capacityId != null) {
            json.put("capacityId", capacityId.toString());
        }
        return json;
    }

    @Override
    public String toString() {
        return "NewWorkspace[" + displayName + "]";
    }

    /** Collects the settings of a workspace. Not thread-safe. */
    public static final class Builder {
        private final String displayName;
        private String description = "";
        private @Nullable UUID capacityId;

        private Builder(String displayName) {
            this.displayName = Objects.requireNonNull(displayName, "displayName");
        }

        /**
         * Sets the description; none unless set.
         *
         * @param description at most 4,000 characters
         * @return this
         */
        public Builder description(String description) {
            this.description = Objects.requireNonNull(description, "description");
            return this;
        }

        /**
         * Sets the capacity; none unless set, and then nothing can be mirrored into it.
         *
         * @param capacityId the capacity
         * @return this
         */
        public Builder capacity(UUID capacityId) {
            this.capacityId = Objects.requireNonNull(capacityId, "capacityId");
            return this;
        }

        /**
         * Builds it. Nothing is sent.
         *
         * @return the workspace to create
         * @throws IllegalStateException if a text is missing or too long; the message names all that are
         */
        public NewWorkspace build() {
            List<String> wrong = new ArrayList<>();
            if (displayName.isBlank() || displayName.length() > 256) {
                wrong.add("displayName has " + displayName.length() + " characters; give 1 to 256");
            }
            if (description.length() > 4000) {
                wrong.add("description has " + description.length() + " characters; give at most 4000");
            }
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("Invalid NewWorkspace: " + String.join("; ", wrong));
            }
            return new NewWorkspace(this);
        }
    }
}
