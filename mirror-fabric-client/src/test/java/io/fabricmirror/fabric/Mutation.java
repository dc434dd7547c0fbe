package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Spoils an answer in one of many ways, the same way for the same seed. */
final class Mutation {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int[] STATUSES = {201, 202, 204, 302, 400, 401, 403, 404, 409, 429, 500, 503, 504, 600, 100};
    private static final String[] TEXTS = {
        "",
        " ",
        "null",
        "\u0000",
        "\ud800",
        "a\nb",
        "%",
        "%zz",
        "../../..",
        "00000000-0000-0000-0000-000000000000",
        "2025-13-45T99:99:99",
        "2025-09-03T06:42:09.1859199",
        "+999999999-12-31T23:59:59Z",
        "https://evil.example/v1/operations/f25ec016-05d6-4ac2-aacf-ee69509977ab?continuationToken=x",
        "InlineBase64",
        "Succeeded",
        "x".repeat(5_000)
    };
    private static final String[] HEADERS = {
        "Retry-After", "Location", "x-ms-operation-id", "RequestId", "Content-Type", "x-ms-public-api-error-code"
    };

    private final Random random;
    private final int way;

    Mutation(long seed) {
        this.random = new Random(seed);
        this.way = random.nextInt(12);
    }

    int status() {
        return way == 0 || random.nextInt(10) == 0 ? STATUSES[random.nextInt(STATUSES.length)] : 200;
    }

    String[] headers() {
        List<String> all = new ArrayList<>();
        for (String name : HEADERS) {
            if (way == 1 || random.nextInt(12) == 0) {
                all.add(name);
                all.add(headerValue());
            }
        }
        return all.toArray(new String[0]);
    }

    private String headerValue() {
        return switch (random.nextInt(6)) {
            case 0 -> "5";
            case 1 -> "99999999999999999999999";
            case 2 -> "Thu, 29 Jan 2026 08:43:30 GMT";
            case 3 -> "f25ec016-05d6-4ac2-aacf-ee69509977ab";
            case 4 -> "https://evil.example/operations/f25ec016-05d6-4ac2-aacf-ee69509977ab/result";
            default -> TEXTS[random.nextInt(TEXTS.length)];
        };
    }

    byte[] body(byte[] good) {
        return switch (way) {
            case 0, 1 -> good;
            case 2 -> Arrays.copyOf(good, random.nextInt(good.length + 1));
            case 3 -> flipped(good);
            case 4 -> new String(good, StandardCharsets.UTF_8).getBytes(charset());
            case 5 -> nested(good);
            case 6 -> joined(good);
            default -> changed(good);
        };
    }

    private byte[] flipped(byte[] good) {
        byte[] bad = good.clone();
        for (int i = 0; i <= random.nextInt(4) && bad.length > 0; i++) {
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        return bad;
    }

    private Charset charset() {
        return random.nextBoolean() ? StandardCharsets.UTF_16LE : Charset.forName("UTF-32");
    }

    private byte[] nested(byte[] good) {
        String open = random.nextBoolean() ? "[" : "{\"value\":";
        String deep = open.repeat(1 + random.nextInt(5_000));
        return (deep + new String(good, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] joined(byte[] good) {
        String text = new String(good, StandardCharsets.UTF_8);
        String[] bad = {text + text, "\uFEFF" + text, text + "\u0000", "<html>" + text, "", "null", "[" + text + "]"};
        return bad[random.nextInt(bad.length)].getBytes(StandardCharsets.UTF_8);
    }

    /** Replaces or removes some values, whatever their depth. */
    private byte[] changed(byte[] good) {
        if (good.length == 0) {
            return TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
        }
        try {
            JsonNode root = JSON.readTree(good);
            for (int i = 0; i <= random.nextInt(3); i++) {
                change(root);
            }
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(JsonNode root) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode chosen = containers.get(random.nextInt(containers.size()));
        if (chosen instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), value());
        } else if (chosen instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            JsonNode value = value();
            if (value == null) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private @Nullable JsonNode value() {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> make.nullNode();
            case 2 -> make.booleanNode(random.nextBoolean());
            case 3 -> make.numberNode(random.nextLong());
            case 4 -> make.numberNode(new BigInteger("9".repeat(1 + random.nextInt(200))));
            case 5 -> make.numberNode(new BigDecimal("1e" + random.nextInt(1_000_000_000)));
            case 6 -> make.numberNode(-1);
            case 7 -> make.arrayNode().add(1).add("x");
            case 8 -> make.objectNode().put("id", 1).put("errorCode", "E");
            case 9 -> make.arrayNode().addNull();
            default -> make.textNode(TEXTS[random.nextInt(TEXTS.length)]);
        };
    }
}
