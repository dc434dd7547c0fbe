package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What to deploy, from where to where. Immutable. */
public final class NewDeployment {
    private static final int MOST_ITEMS = 300;

    private final UUID sourceStageId;
    private final UUID targetStageId;
    private final Map<UUID, ItemType> items;
    private final String note;
    private final String newWorkspace;
    private final boolean crossRegion;

    private NewDeployment(Builder builder) {
        this.sourceStageId = builder.sourceStageId;
        this.targetStageId = builder.targetStageId;
        this.items = new LinkedHashMap<>(builder.items);
        this.note = builder.note;
        this.newWorkspace = builder.newWorkspace;
        this.crossRegion = builder.crossRegion;
    }

    /**
     * Starts a deployment of every supported item of a stage.
     *
     * @param sourceStageId from which stage
     * @param targetStageId to which stage, which must be beside it; backward only if it is empty
     * @return a builder
     */
    public static Builder between(UUID sourceStageId, UUID targetStageId) {
        return new Builder(sourceStageId, targetStageId);
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("sourceStageId", sourceStageId.toString())
                .put("targetStageId", targetStageId.toString());
        if (!items.isEmpty()) {
            ArrayNode list = json.putArray("items");
            items.forEach((id, type) ->
                    list.addObject().put("sourceItemId", id.toString()).put("itemType", type.value()));
        }
        if (!note.isEmpty()) {
            json.put("note", note);
        }
        if (!newWorkspace.isEmpty()) {
            json.putObject("createdWorkspaceDetails").put("name", newWorkspace);
        }
        if (crossRegion) {
            json.putObject("options").put("allowCrossRegionDeployment", true);
        }
        return json;
    }

    @Override
    public String toString() {
        return "NewDeployment[" + sourceStageId + " to " + targetStageId + "]";
    }

    /** Collects what to deploy. Not thread-safe. */
    public static final class Builder {
        private final UUID sourceStageId;
        private final UUID targetStageId;
        private final Map<UUID, ItemType> items = new LinkedHashMap<>();
        private String note = "";
        private String newWorkspace = "";
        private boolean crossRegion;

        private Builder(UUID sourceStageId, UUID targetStageId) {
            this.sourceStageId = Objects.requireNonNull(sourceStageId, "sourceStageId");
            this.targetStageId = Objects.requireNonNull(targetStageId, "targetStageId");
        }

        /**
         * Adds an item; every supported item of the stage is deployed unless one is added.
         *
         * @param itemId an item of the source stage
         * @param type its kind
         * @return this
         */
        public Builder addItem(UUID itemId, ItemType type) {
            items.put(Objects.requireNonNull(itemId, "itemId"), Objects.requireNonNull(type, "type"));
            return this;
        }

        /**
         * Sets a note; none unless set.
         *
         * @param note at most 1,024 characters
         * @return this
         */
        public Builder note(String note) {
            this.note = Objects.requireNonNull(note, "note");
            return this;
        }

        /**
         * Creates a workspace for a target stage that has none; needed then, ignored otherwise.
         *
         * @param name the name of the workspace, at most 256 characters
         * @return this
         */
        public Builder newWorkspace(String name) {
            this.newWorkspace = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Allows source and target to be in different regions; not allowed unless called.
         *
         * @return this
         */
        public Builder acrossRegions() {
            this.crossRegion = true;
            return this;
        }

        /**
         * Builds it. Nothing is sent.
         *
         * @return the deployment
         * @throws IllegalStateException if a text is too long or there are too many items; the message names all that is wrong
         */
        public NewDeployment build() {
            List<String> wrong = new ArrayList<>();
            if (items.size() > MOST_ITEMS) {
                wrong.add("there are " + items.size() + " items; give at most " + MOST_ITEMS);
            }
            if (note.length() > 1024) {
                wrong.add("note has " + note.length() + " characters; give at most 1024");
            }
            if (newWorkspace.length() > 256) {
                wrong.add("newWorkspace has " + newWorkspace.length() + " characters; give at most 256");
            }
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("Invalid NewDeployment: " + String.join("; ", wrong));
            }
            return new NewDeployment(this);
        }
    }
}
