package io.fabricmirror.fabric.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object in an answer. Missing, null, empty and a value of another type than expected are one and the same; the
 * order of fields does not matter. Only what cannot be done without is an error.
 */
public final class Fields {
    private static final Fields NONE = new Fields(MissingNode.getInstance(), "nothing");

    private final JsonNode node;
    private final String what;

    Fields(JsonNode node, String what) {
        this.node = node;
        this.what = what;
    }

    /** An object without fields. */
    static Fields none() {
        return NONE;
    }

    /** Gives the object a name for messages. */
    Fields as(String name) {
        return new Fields(node, name);
    }

    /** Whether there is an object with at least one field. */
    boolean present() {
        return node.isObject() && !node.isEmpty();
    }

    /** The object as compact JSON. */
    String json() {
        return new String(Json.write(node), java.nio.charset.StandardCharsets.UTF_8);
    }

    String text(String name) {
        String value = textOrNull(name);
        if (value == null) {
            throw new Unreadable("Cannot read " + what + ": missing field \"" + name + "\"");
        }
        return value;
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode value = node.path(name);
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty() ? value.asText() : null;
    }

    String textOrEmpty(String name) {
        String value = textOrNull(name);
        return value == null ? "" : value;
    }

    UUID id(String name) {
        UUID value = idOrNull(name);
        if (value == null) {
            throw new Unreadable("Cannot read " + what + ": field \"" + name + "\" is missing or no GUID");
        }
        return value;
    }

    @Nullable
    UUID idOrNull(String name) {
        return Ids.parse(textOrNull(name));
    }

    boolean flag(String name) {
        return node.path(name).isBoolean() && node.path(name).booleanValue();
    }

    long number(String name, long otherwise) {
        JsonNode value = node.path(name);
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : otherwise;
    }

    @Nullable
    Integer integerOrNull(String name) {
        JsonNode value = node.path(name);
        return value.isIntegralNumber() && value.canConvertToInt() ? value.intValue() : null;
    }

    /** A moment. Fabric leaves out the zone in some places and means UTC. */
    @Nullable
    Instant timeOrNull(String name) {
        String value = textOrNull(name);
        if (value == null) {
            return null;
        }

        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException withoutZone) {
            try {
                return LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException unknownForm) {
                return null;
            }
        }
    }

    /** The object in a field; an empty one if there is none. */
    Fields object(String name) {
        JsonNode value = node.path(name);
        return new Fields(value.isObject() ? value : MissingNode.getInstance(), name);
    }

    /** The objects in an array; none if there is no array. */
    List<Fields> list(String name, String element) {
        List<Fields> all = new ArrayList<>();
        for (JsonNode value : node.path(name)) {
            if (value.isObject()) {
                all.add(new Fields(value, element));
            }
        }
        return all;
    }

    /** Whether a field holds an array. */
    boolean hasList(String name) {
        return node.path(name).isArray();
    }

    /** The texts in an array; none if there is no array. */
    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (JsonNode value : node.path(name)) {
            if (value.isTextual()) {
                all.add(value.textValue());
            }
        }
        return all;
    }
}
