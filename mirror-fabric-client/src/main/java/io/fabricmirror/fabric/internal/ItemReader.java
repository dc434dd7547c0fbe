package io.fabricmirror.fabric.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.Connectivity;
import io.fabricmirror.fabric.Item;
import io.fabricmirror.fabric.ItemConnection;
import io.fabricmirror.fabric.ItemDefinition;
import io.fabricmirror.fabric.ItemType;

/** Reads items and definitions, and writes definitions. */
public final class ItemReader {
    private ItemReader() {}

    public static Item item(Fields fields) {
        return new Item(
                fields.id("id"),
                new ItemType(fields.text("type")),
                fields.textOrEmpty("displayName"),
                fields.textOrEmpty("description"),
                fields.idOrNull("workspaceId"),
                fields.idOrNull("folderId"));
    }

    public static ItemConnection connection(Fields fields) {
        Fields details = fields.object("connectionDetails");
        return new ItemConnection(
                fields.idOrNull("id"),
                fields.textOrEmpty("displayName"),
                new Connectivity(fields.text("connectivityType")),
                fields.idOrNull("gatewayId"),
                details.textOrEmpty("type"),
                details.textOrEmpty("path"));
    }

    /** Reads an answer that wraps a definition. */
    public static ItemDefinition definitionAnswer(Fields fields) {
        Fields definition = fields.object("definition");
        if (!definition.hasList("parts")) {
            throw new Unreadable("Cannot read definition: no list \"parts\"");
        }
        return new ItemDefinition(
                definition.textOrEmpty("format"),
                definition.list("parts", "part").stream().map(ItemReader::part).toList());
    }

    private static ItemDefinition.Part part(Fields fields) {
        return new ItemDefinition.Part(
                fields.text("path"), fields.textOrEmpty("payload"), fields.textOrEmpty("payloadType"));
    }

    /** Writes a definition. */
    public static ObjectNode write(ItemDefinition definition) {
        ObjectNode json = Json.object();
        if (!definition.format().isEmpty()) {
            json.put("format", definition.format());
        }
        ArrayNode parts = json.putArray("parts");
        for (ItemDefinition.Part part : definition.parts()) {
            parts.addObject()
                    .put("path", part.path())
                    .put("payload", part.payload())
                    .put("payloadType", part.payloadType());
        }
        return json;
    }

    /** Writes the body of a request that replaces a definition. */
    public static ObjectNode body(ItemDefinition definition) {
        ObjectNode json = Json.object();
        json.set("definition", write(definition));
        return json;
    }
}
